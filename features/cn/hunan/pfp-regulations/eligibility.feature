# language: zh-CN
功能: 再生育条件（《湖南省人口与计划生育条例》2015年、2016年文本）
  2015年以前的条件没有读到；2016年起收养的、继子女不计算，复婚不算再婚。

  背景:
    假如 地点为"430121"
    而且 决定日期为"2015-12-31"
    而且 有以下"当事人"
      | 编号   | 性别 | 出生日期   | 独生子女 | 归国华侨 | 来内地（大陆）定居的港澳台居民 | 伤残军人等级 | 兄弟姐妹均为农村居民，无生育能力且未收养 |
      | father | 男   | 1975-03-08 | 否       | 否       | 否                             | 未评定       | 否                                       |
      | mother | 女   | 1977-11-20 | 否       | 否       | 否                             | 未评定       | 否                                       |
      | other  | 女   | 1976-05-01 |          |          |                                |              |                                          |
      | third  | 男   | 1974-05-01 |          |          |                                |              |                                          |
    而且 有以下"夫妻"
      | 编号 | 双方           | 再婚 | 复婚 | 医学上认为可以再生育 |
      | c1   | father、mother | 否   | 否   | 是                   |
    而且 有以下"子女"
      | 编号 | 父母           | 出生日期   | 子女性别 | 收养的 | 违法收养 | 存活 | 残疾 | 不能成长为正常劳动力 | 鉴定机构的级别 | 子女在内地（大陆）定居 |
      | k1   | father、mother | 2004-05-06 | 男       | 否     | 否       | 是   | 否   | 是                   | 设区的市级     | 是                     |
    而且 事实如下
      | 对象   | 事实     | 值   | 时间         |
      | c1     | 婚姻存续 | 是   | 自2003-01-10 |
      | father | 户籍性质 | 农村 | 自1975-03-08 |
      | mother | 户籍性质 | 农村 | 自1977-11-20 |

  @unnumbered-grounds
  场景大纲: 2015年文本各项；哪一天起施行没有读到，2007年文本的条件也没有读到，因此不作结论，只列出可能的理由
    假如 事实如下
      | 对象    | 事实    | 值    |
      | <对象1> | <事实1> | <值1> |
      | <对象2> | <事实2> | <值2> |
    当 询问"c1"的"再生育条件"
    那么 结果为"待定"
    而且 理由<包括>"<理由>"

    例子:
      | 对象1 | 事实1 | 值1 | 对象2 | 事实2 | 值2 | 包括 | 理由 |
      | father | 独生子女 | 是 | mother | 独生子女 | 否 | 包括 | unnumbered-grounds/one-only-child |
      | father | 独生子女 | 否 | mother | 独生子女 | 否 | 不包括 | unnumbered-grounds/one-only-child |
      | k1 | 收养的 | 是 | father | 独生子女 | 否 | 包括 | unnumbered-grounds/only-adopted |
      | k1 | 收养的 | 否 | father | 独生子女 | 否 | 不包括 | unnumbered-grounds/only-adopted |
      | k1 | 父母 | father、other | c1 | 再婚 | 是 | 包括 | unnumbered-grounds/remarried-one-and-none |
      | k1 | 父母 | father、other | c1 | 再婚 | 否 | 不包括 | unnumbered-grounds/remarried-one-and-none |
      | k1 | 残疾 | 是 | c1 | 医学上认为可以再生育 | 是 | 包括 | unnumbered-grounds/disabled-first |
      | k1 | 残疾 | 是 | c1 | 医学上认为可以再生育 | 否 | 不包括 | unnumbered-grounds/disabled-first |
      | k1 | 残疾 | 是 | k1 | 鉴定机构的级别 | 县级 | 不包括 | unnumbered-grounds/disabled-first |
      | father | 归国华侨 | 是 | mother | 来内地（大陆）定居的港澳台居民 | 是 | 包括 | unnumbered-grounds/returned-or-settled |
      | father | 归国华侨 | 是 | mother | 来内地（大陆）定居的港澳台居民 | 否 | 不包括 | unnumbered-grounds/returned-or-settled |
      | k1 | 子女性别 | 女 | father | 独生子女 | 否 | 包括 | unnumbered-grounds/rural-daughter |
      | k1 | 子女性别 | 男 | father | 独生子女 | 否 | 不包括 | unnumbered-grounds/rural-daughter |
      | father | 伤残军人等级 | 六级 | father | 独生子女 | 否 | 包括 | unnumbered-grounds/rural-soldier |
      | father | 伤残军人等级 | 七级 | father | 独生子女 | 否 | 不包括 | unnumbered-grounds/rural-soldier |
      | mother | 兄弟姐妹均为农村居民，无生育能力且未收养 | 是 | father | 独生子女 | 否 | 包括 | unnumbered-grounds/rural-siblings |
      | mother | 兄弟姐妹均为农村居民，无生育能力且未收养 | 否 | father | 独生子女 | 否 | 不包括 | unnumbered-grounds/rural-siblings |

  @unnumbered-grounds
  场景大纲: 2015年文本，双方均为农村居民，再婚前各一个，均残疾
    假如 有以下"子女"
      | 编号 | 父母          | 出生日期   | 子女性别 | 收养的 | 存活 | 残疾   | 子女在内地（大陆）定居 |
      | k1   | father、other | 2004-05-06 | 男       | 否     | 是   | 是     | 是                     |
      | k2   | mother、third | 2005-05-06 | 男       | 否     | 是   | <残疾> | 是                     |
    而且 事实如下
      | 对象   | 事实     | 值     | 时间         |
      | c1     | 再婚     | <再婚> |              |
      | father | 户籍性质 | <男户> | 自1975-03-08 |
    当 询问"c1"的"再生育条件"
    那么 结果为"待定"
    而且 理由<包括>"unnumbered-grounds/rural-one-each-disabled"

    例子:
      | 残疾 | 再婚 | 男户 | 包括   |
      | 是   | 是   | 农村 | 包括   |
      | 否   | 是   | 农村 | 不包括 |
      | 是   | 否   | 农村 | 不包括 |
      | 是   | 是   | 城镇 | 不包括 |

  @unnumbered-grounds
  场景: 2015年以前的条件没有读到，不作结论
    假如 决定日期为"2012-12-31"
    当 询问"c1"的"再生育条件"
    那么 结果为"待定"
    而且 指明缺少的文本提到"2015年以前的再生育条件没有读到"

  @15.1
  场景大纲: 2016年文本：两个子女中有残疾的，收养的子女不计算
    假如 决定日期为"2018-03-12"
    而且 有以下"子女"
      | 编号 | 父母           | 出生日期   | 子女性别 | 收养的   | 违法收养 | 存活   | 残疾   | 不能成长为正常劳动力 | 鉴定机构的级别 |
      | k1   | father、mother | 2004-05-06 | 男       | 否       | 否       | 是     | <残疾> | <不能劳动>           | <级别>         |
      | k2   | father、mother | 2010-05-06 | 男       | 否       | 否       | 是     | 否     | 否                   |                |
      | k3   | father、mother | 2012-05-06 | 男       | <三收养> | 是       | <三孩> | 否     | 否                   |                |
    而且 事实如下
      | 对象 | 事实                 | 值     |
      | c1   | 医学上认为可以再生育 | <医学> |
    当 询问"c1"的"再生育条件"
    那么 再生育为"<答案>"

    例子:
      | 残疾 | 不能劳动 | 级别       | 医学 | 三孩 | 三收养 | 答案 |
      | 是   | 是       | 设区的市级 | 是   | 否   | 否     | 是   |
      | 否   | 是       | 设区的市级 | 是   | 否   | 否     | 否   |
      | 是   | 否       | 设区的市级 | 是   | 否   | 否     | 否   |
      | 是   | 是       | 县级       | 是   | 否   | 否     | 否   |
      | 是   | 是       | 设区的市级 | 否   | 否   | 否     | 否   |
      | 是   | 是       | 设区的市级 | 是   | 是   | 否     | 否   |
      | 是   | 是       | 设区的市级 | 是   | 是   | 是     | 是   |

  @15.1
  场景大纲: 2016年文本：第一胎三胞胎均残疾的可以，有一个不残疾的不可以
    假如 决定日期为"2018-03-12"
    而且 有以下"子女"
      | 编号 | 父母           | 出生日期   | 子女性别 | 收养的 | 存活 | 残疾   | 不能成长为正常劳动力 | 鉴定机构的级别 |
      | k1   | father、mother | 2004-05-06 | 男       | 否     | 是   | 是     | 是                   | 设区的市级     |
      | k2   | father、mother | 2004-05-06 | 男       | 否     | 是   | 是     | 是                   | 设区的市级     |
      | k3   | father、mother | 2004-05-06 | 男       | 否     | 是   | <残疾> | 是                   | 设区的市级     |
    当 询问"c1"的"再生育条件"
    那么 再生育为"<答案>"

    例子:
      | 残疾 | 答案 |
      | 是   | 是   |
      | 否   | 否   |

  @15.2 @15.3
  场景大纲: 2016年文本：再婚两项，复婚不算再婚
    假如 决定日期为"2018-03-12"
    而且 有以下"子女"
      | 编号 | 父母       | 出生日期   | 子女性别 | 收养的 | 存活   | 残疾 |
      | k1   | <一孩父母> | 2004-05-06 | 男       | 否     | 是     | 否   |
      | k2   | <二孩父母> | 2010-05-06 | 男       | 否     | 是     | 否   |
      | k3   | <三孩父母> | 2012-05-06 | 男       | 否     | <三孩> | 否   |
    而且 事实如下
      | 对象 | 事实 | 值     |
      | c1   | 再婚 | <再婚> |
      | c1   | 复婚 | <复婚> |
    当 询问"c1"的"再生育条件"
    那么 再生育为"<答案>"

    例子:
      | 一孩父母       | 二孩父母       | 三孩父母       | 三孩 | 再婚 | 复婚 | 答案 |
      | father、other  | mother、third  | father、mother | 否   | 是   | 否   | 是   |
      | father、other  | father、other  | father、mother | 否   | 是   | 否   | 是   |
      | father、other  | mother、third  | father、mother | 否   | 是   | 是   | 否   |
      | father、other  | mother、third  | father、mother | 否   | 否   | 否   | 否   |
      | father、other  | mother、third  | father、mother | 是   | 是   | 否   | 否   |
      | father、other  | mother、third  | mother、third  | 是   | 是   | 否   | 否   |
      | father、other  | father、mother | father、mother | 否   | 是   | 否   | 是   |
      | father、other  | father、mother | father、mother | 否   | 是   | 是   | 否   |
      | father、other  | father、mother | father、mother | 否   | 否   | 否   | 否   |
      | father、other  | father、mother | father、mother | 是   | 是   | 否   | 否   |
      | father、mother | father、mother | father、mother | 否   | 是   | 否   | 否   |
