"use strict";
// A paper of one's own: the picked questions, in the order chosen, with the key apart. No text from the bank becomes markup.

const TYPES = {
  single_choice: "单选题", multiple_choice: "多选题", indefinite_choice: "不定项选择题", true_false: "判断题", fill_blank: "填空题",
  term_definition: "名词解释", short_answer: "简答题", essay: "论述题", calculation: "计算题", case_analysis: "案例分析题",
  matching: "配伍题", programming: "编程题", other: "其他",
};
const loaded = new Map();
const place = document.getElementById("basket");
const note = document.getElementById("basket-note");

function answerText(answer) {
  if (answer === true) return "对";
  if (answer === false) return "错";
  if (Array.isArray(answer)) return answer.every((a) => /^[A-Za-z]$/.test(a)) ? answer.join("") : answer.join("；");
  return answer === null || answer === undefined ? "（原文无答案）" : answer;
}

function node(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function tool(label, act) {
  const button = node("button", label[0]);
  button.type = "button";
  button.setAttribute("aria-label", label[1]);
  button.addEventListener("click", act);
  return button;
}

function move(id, by) {
  const ids = basketRead();
  const at = ids.indexOf(id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= ids.length) return;
  ids.splice(at, 1);
  ids.splice(to, 0, id);
  basketWrite(ids);
  draw();
  const again = document.querySelector(`[data-id="${id}"] button`);
  if (again) again.focus();
}

async function load(id) {
  if (loaded.has(id)) return;
  const answer = await fetch(`/kb/question/${id}.json`);
  loaded.set(id, answer.ok ? await answer.json() : null);
}

function chosen() {
  return basketRead().map((id) => [id, loaded.get(id)]).filter(([, q]) => q);
}

function draw() {
  const ids = basketRead();
  place.replaceChildren();
  document.getElementById("basket-empty").hidden = ids.length > 0;
  document.getElementById("basket-tools").hidden = ids.length === 0;
  const gone = ids.filter((id) => loaded.has(id) && loaded.get(id) === null).length;
  note.textContent = gone ? `有 ${gone} 道题已不在题库中，没有列出。` : "";
  if (!ids.length) return;
  place.append(node("h1", document.getElementById("basket-title").value || "练习卷", "paper-title"));
  place.append(node("p", "班级：＿＿＿＿＿＿＿　姓名：＿＿＿＿＿＿＿　得分：＿＿＿＿＿", "center print-only"));
  let material = null;
  chosen().forEach(([id, q], index) => {
    const card = node("article", undefined, "card");
    card.dataset.id = id;
    const head = node("div", undefined, "card-head");
    head.append(node("span", `${index + 1}`, "no"), node("span", TYPES[q.type] || "题", "type"));
    const tools = node("span", undefined, "order no-print");
    tools.append(
      tool(["↑", `第 ${index + 1} 题上移`], () => move(id, -1)),
      tool(["↓", `第 ${index + 1} 题下移`], () => move(id, 1)),
      tool(["移出", `移出第 ${index + 1} 题`], () => { basketWrite(basketRead().filter((other) => other !== id)); draw(); }),
    );
    head.append(tools);
    card.append(head);
    // above the question, and outside its card, so that a page may break between them
    if (q.material && q.material !== material) place.append(node("div", q.material, "material pre"));
    material = q.material;
    card.append(node("div", q.stem, "stem pre"));
    if (q.options.length) {
      const list = node("ol", undefined, "options");
      for (const option of q.options) {
        const item = node("li");
        item.append(node("span", `${option.label}.`, "label"), node("span", option.text, "pre"));
        list.append(item);
      }
      card.append(list);
    }
    place.append(card);
  });
  if (document.getElementById("basket-key").checked) {
    const key = node("section", undefined, "paper-key");
    key.append(node("h2", "参考答案"));
    chosen().forEach(([, q], index) => {
      const line = node("p", `${index + 1}. ${answerText(q.answer)}`, "pre");
      if (q.explanation) line.append(node("span", `\n解析：${q.explanation}`, "quiet"));
      key.append(line);
    });
    place.append(key);
  }
}

function asText() {
  const lines = [document.getElementById("basket-title").value, ""];
  chosen().forEach(([, q], index) => {
    if (q.material) lines.push(q.material);
    lines.push(`${index + 1}. ${q.stem}`, ...q.options.map((o) => `${o.label}. ${o.text}`), "");
  });
  if (document.getElementById("basket-key").checked) {
    lines.push("参考答案", ...chosen().map(([, q], index) => `${index + 1}. ${answerText(q.answer)}`));
  }
  return lines.join("\n");
}

function save(name, text, type) {
  const link = node("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

// A link carries the picked questions to another browser: /paper#12,7,30
function fromLink() {
  const ids = window.location.hash.slice(1).split(",").map(Number).filter((id) => Number.isSafeInteger(id) && id > 0);
  if (ids.length) {
    const kept = basketRead();
    basketWrite([...kept, ...ids.filter((id) => !kept.includes(id))]);
    history.replaceState(null, "", window.location.pathname);
  }
}

async function start() {
  fromLink();
  // a few at a time: a long paper should not open two hundred connections at once
  const ids = basketRead();
  for (let at = 0; at < ids.length; at += 6) {
    await Promise.all(ids.slice(at, at + 6).map(load));
  }
  draw();
  place.dataset.ready = "1";
}

document.getElementById("basket-title").addEventListener("input", draw);
document.getElementById("basket-key").addEventListener("change", draw);
document.getElementById("basket-save").addEventListener("click", () => save("试卷.txt", asText(), "text/plain;charset=utf-8"));
document.getElementById("basket-json").addEventListener("click", () => save("试卷.json", JSON.stringify(chosen().map(([, q]) => q), null, 1), "application/json"));
document.getElementById("basket-link").addEventListener("click", async () => {
  const link = `${window.location.origin}/paper#${basketRead().join(",")}`;
  try {
    await navigator.clipboard.writeText(link);
    note.textContent = "链接已复制。";
  } catch (problem) {
    note.textContent = link;
  }
});
document.getElementById("basket-clear").addEventListener("click", () => { basketWrite([]); draw(); });
start();
