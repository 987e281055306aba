# language: zh-CN
功能: 再生育条件（《江西省人口与计划生育条例》2012年施行的文本）
  只有报道概括的十一种情形：符合的可以再生育，都不符合的待定，条文没有读到。

  背景:
    假如 地点为"360102"
    而且 决定日期为"2012-08-16"
    而且 有以下"当事人"
      | 编号   | 性别 | 出生日期   | 少数民族 | 独生子女 | 两代以上独生子女 | 烈士的独生子女 | 归国华侨 |
      | father | 男   | 1980-03-08 | 否       | 否       | 否               | 否             | 否       |
      | mother | 女   | 1984-11-20 | 否       | 否       | 否               | 否             | 否       |
      | other  | 女   | 1981-05-01 | 否       | 否       | 否               | 否             | 否       |
    而且 有以下"夫妻"
      | 编号 | 双方           | 再婚 | 复婚 |
      | c1   | father、mother | 否   | 否   |
    而且 有以下"子女"
      | 编号 | 父母           | 出生日期   | 收养的 | 存活 | 残疾 | 子女性别 |
      | k1   | father、mother | 2008-05-06 | 否     | 是   | 否   | 男       |
    而且 事实如下
      | 对象   | 事实     | 值   | 时间         |
      | c1     | 婚姻存续 | 是   | 自2005-01-10 |
      | father | 户籍性质 | 城镇 | 自1980-03-08 |
      | mother | 户籍性质 | 城镇 | 自1984-11-20 |
      | father | 身份     | 无   |              |
      | mother | 身份     | 无   |              |

  @unnumbered-conditions
  场景: 都不符合的，条文没有读到，不作结论
    当 询问"c1"的"再生育条件"
    那么 结果为"待定"
    而且 指明缺少的文本提到"十一种情形"

  @unnumbered-conditions
  场景大纲: 报道概括的情形，符合的可以再生育
    假如 事实如下
      | 对象     | 事实     | 值   | 时间 |
      | <谁甲> | <事实甲> | <值甲> |      |
      | <谁乙> | <事实乙> | <值乙> |      |
      | <谁丙> | <事实丙> | <值丙> |      |
    当 询问"c1"的"再生育条件"
    那么 结果为"<结果>"
    而且 理由<理由>

    例子:
      | 谁甲   | 事实甲             | 值甲 | 谁乙   | 事实乙               | 值乙 | 谁丙   | 事实丙           | 值丙 | 结果 | 理由 |
      | father | 独生子女           | 是   | mother | 独生子女             | 是   | k1     | 存活             | 是   | 确定 | 包括"unnumbered-conditions/both-only-children" |
      | father | 独生子女           | 是   | mother | 独生子女             | 否   | k1     | 存活             | 是   | 待定 | 不包括"unnumbered-conditions/both-only-children" |
      | k1     | 残疾               | 是   | k1     | 不能成长为正常劳动力 | 是   | k1     | 存活             | 是   | 确定 | 包括"unnumbered-conditions/disabled-first" |
      | k1     | 残疾               | 是   | k1     | 不能成长为正常劳动力 | 否   | k1     | 存活             | 是   | 待定 | 不包括"unnumbered-conditions/disabled-first" |
      | father | 烈士的独生子女     | 是   | father | 伤残军人等级         | 未评定 | k1     | 存活             | 是   | 确定 | 包括"unnumbered-conditions/martyr-or-soldier" |
      | father | 烈士的独生子女     | 否   | father | 伤残军人等级         | 六级 | k1     | 存活             | 是   | 确定 | 包括"unnumbered-conditions/martyr-or-soldier" |
      | father | 烈士的独生子女     | 否   | father | 伤残军人等级         | 七级 | k1     | 存活             | 是   | 待定 | 不包括"unnumbered-conditions/martyr-or-soldier" |
      | father | 身份               | 矿山井下作业人员 | k1 | 子女性别       | 女   | k1     | 存活             | 是   | 确定 | 包括"unnumbered-conditions/miner-daughter" |
      | father | 身份               | 矿山井下作业人员 | k1 | 子女性别       | 男   | k1     | 存活             | 是   | 待定 | 不包括"unnumbered-conditions/miner-daughter" |
      | father | 少数民族           | 是   | mother | 少数民族             | 是   | c1     | 住在民族乡或者民族村 | 是 | 确定 | 包括"unnumbered-conditions/minority" |
      | father | 少数民族           | 是   | mother | 少数民族             | 是   | c1     | 住在民族乡或者民族村 | 否 | 待定 | 不包括"unnumbered-conditions/minority" |
      | father | 少数民族           | 是   | mother | 少数民族             | 否   | c1     | 住在民族乡或者民族村 | 是 | 待定 | 不包括"unnumbered-conditions/minority" |
      | father | 归国华侨           | 是   | mother | 归国华侨             | 是   | k1     | 存活             | 是   | 确定 | 包括"unnumbered-conditions/returned-overseas" |
      | father | 归国华侨           | 是   | mother | 归国华侨             | 否   | k1     | 存活             | 是   | 待定 | 不包括"unnumbered-conditions/returned-overseas" |
      | c1     | 国家或者省规定的其他情形 | 是 | k1   | 存活                 | 是   | k1     | 残疾             | 否   | 确定 | 包括"unnumbered-conditions/recognised" |

  @unnumbered-conditions
  场景大纲: 农村居民的情形
    假如 事实如下
      | 对象   | 事实                 | 值     | 时间         |
      | father | 户籍性质             | <男方> | 自1980-03-08 |
      | mother | 户籍性质             | 农村   | 自1984-11-20 |
      | k1     | 子女性别             | <性别> |              |
      | c1     | 男方到女方家落户     | <落户> |              |
      | father | 两代以上独生子女     | <两代> |              |
      | c1     | 男方兄弟年满三十周岁而不孕不育 | <兄弟> |     |
    当 询问"c1"的"再生育条件"
    那么 结果为"<结果>"
    而且 理由<理由>

    例子:
      | 男方 | 性别 | 落户 | 两代 | 兄弟 | 结果 | 理由 |
      | 农村 | 女   | 否   | 否   | 否   | 确定 | 包括"unnumbered-conditions/rural-daughter" |
      | 城镇 | 女   | 否   | 否   | 否   | 待定 | 不包括"unnumbered-conditions/rural-daughter" |
      | 农村 | 男   | 是   | 否   | 否   | 确定 | 包括"unnumbered-conditions/rural-uxorilocal" |
      | 城镇 | 男   | 是   | 否   | 否   | 待定 | 不包括"unnumbered-conditions/rural-uxorilocal" |
      | 农村 | 男   | 否   | 是   | 否   | 确定 | 包括"unnumbered-conditions/rural-two-generations" |
      | 城镇 | 男   | 否   | 是   | 否   | 待定 | 不包括"unnumbered-conditions/rural-two-generations" |
      | 农村 | 男   | 否   | 否   | 是   | 确定 | 包括"unnumbered-conditions/rural-brothers" |
      | 城镇 | 男   | 否   | 否   | 是   | 待定 | 不包括"unnumbered-conditions/rural-brothers" |
      | 农村 | 男   | 否   | 否   | 否   | 待定 | 不包括"unnumbered-conditions/rural-daughter" |

  @unnumbered-conditions
  场景大纲: 再婚，一方有一个子女、另一方没有
    假如 有以下"子女"
      | 编号 | 父母          | 出生日期   | 收养的 | 存活 | 残疾 | 子女性别 |
      | k1   | father、other | 2004-05-06 | 否     | 是   | 否   | 男       |
    而且 事实如下
      | 对象 | 事实 | 值     |
      | c1   | 再婚 | <再婚> |
    当 询问"c1"的"再生育条件"
    那么 结果为"<结果>"
    而且 理由<理由>

    例子:
      | 再婚 | 结果 | 理由 |
      | 是   | 确定 | 包括"unnumbered-conditions/one-and-none" |
      | 否   | 待定 | 不包括"unnumbered-conditions/one-and-none" |
