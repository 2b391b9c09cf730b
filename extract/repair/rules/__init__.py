"""The families of repair rules (修复规则族), one file each; their order stands in ``extract.repair``."""
