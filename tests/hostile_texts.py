"""Exam text that looks damaged and is not (易误修的洁净文本), by field: nothing here may be changed. Our own words."""

HOSTILE: dict[str, str] = {
    "chemistry": """一、选择题
1.下列物质属于氧化物的是( )
A.CO2
B.CaCO3
C.NaCl
D.O2
2.反应2H2+O2=2H2O中，O2与H2O的物质的量之比为( )
A.1:2
B.2:1
C.1:1
D.3:2
3.下列关于CO、Co的说法正确的是( )
A.Co是钴的元素符号
B.CO是一种单质
4.某溶液的pH为0。
5.金属钠的化合价可以是0。
6.①2Na+2H2O=2NaOH+H2↑ ②2Fe3++Fe=3Fe2+
7.加入0.1 mol/L的盐酸10 mL，溶液的体积约为20 mL
""",
    "code": """1.下列程序的输出结果是( )
int a[10]={0}, l1=0;
for(i=0;i<10;i++)
{
    if(a[i]==0) a[i]=l1;
    else l1 = a[i]-1;
}
A.0
B.1
C.10
D.11
2.若p->next=0，则p的后继为0。
3.range(0)返回的长度是0。
4.栈空时，栈顶指针的值为0。
5.下列地址属于C类的是( )
A.10.0.0.1
B.172.16.0.1
C.192.168.1.1
D.255.255.255.0
6.SELECT * FROM t WHERE a = 1 AND l = 0
""",
    "maths": """1.函数f(x)=x-1的零点有( )个
A.0
B.1
C.2
D.3
2.若一个数的绝对值为0，则它是0。
3.六除以三，余数是0。
4.这个数列的极限为0。
A.对
B.错
5.集合{1，2，3}与区间[0,1)有无公共元素？
6.点O到直线l的距离为d，则O在圆上。
7.搭配正确的是( )
A.(1)(2)、(3)(4)
B.(1)(3)、(2)(4)
C.(2)(1)、(4)(3)
D.(1)(4)、(3)(2)
8.比0大的数有
A.3
B.0
C.-1
D.-5
""",
    "classics": """三、默写
1.知之为知之，不知为不知，是知也。
2.己所不欲，勿施于人。
3.一一风荷举。此人一一为具言所闻。
4.采采卷耳，不盈顷筐。
5.人人自危，是是非非，个个争先。
6.其流人已入城矣，由千里马而知伯乐。
7.子曰：学而时习之，不亦说乎？
""",
    "wrong characters": """一、下列词语中没有错别字的一项是( )
A.己经 自已 恨据 能杏
B.栝号 婚烟 原囚 元效
C.渗透 稔定 主乂 每遒
2.找出并改正错别字：他自已己经知道原囚了。
3.下列加点字的读音正确的是
A.角(jué)色
B.强(qiǎng)迫
4.下列句子没有语病的是
A.通过学习，使我提高了认识。
B.他的的确确是是好人
""",
    "english": """I. Choose the best answer.
1. How many apples do you have?
A. 1
B. 2
C. 3
D. 0
2. He will come at 1 o'clock. Room 1 has two beds.
3. The letters l, I, O and Q look alike.
a.one
b.two
c.three
d.four
4. Section A. B.C. and A.D. are ways of dating.
5. The unit of voltage is
(V)
""",
    "rules": """第1章 总则
第2章 合同
第3条 出借人可以要求借款人提供担保
第1题 简述出借人的义务
第2题 简述借款人的义务
(1)接收人应当验货；
(2)验收人应当签字；
甲乙两队约定A、B、C三处为交货地点。
方案：A
教案：B
【提案】A
""",
    "bare labels": """一 单选题
1 我国的首都是
A北京B上海C广州D深圳
2 最长的河流是
A长江B黄河C珠江D淮河
3 最大的岛屿是
A台湾岛B海南岛C崇明岛D舟山岛
4 下列属于酸的是
A盐酸
B食盐
C纯碱
D石灰
二 判断题
5 冰比水轻 (√)
1）说明理由
2）写出结论
""",
}
