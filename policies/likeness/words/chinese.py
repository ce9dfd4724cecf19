"""Chinese. Words are not set apart, so entries are sequences of characters that are looked for in the text."""

from policies.likeness.words.vocabulary import Vocabulary, alike, meaning, numbered, opposed, phrases, valued, words

CHINESE = Vocabulary(
    code="zh",
    common=frozenset(
        "的了着过在是和与也就都而及或之其这那此些我们您你他她它请把被会可以能将让给从自起到为于里吧呢吗啊一个"
    ),
    weekdays=numbered(
        "星期一|周一|礼拜一 星期二|周二|礼拜二 星期三|周三|礼拜三 星期四|周四|礼拜四 "
        "星期五|周五|礼拜五 星期六|周六|礼拜六 星期日|星期天|周日|周天|礼拜日|礼拜天"
    ),
    weekday_groups=valued(("1-5", "工作日"), ("6-7", "周末")),
    fractions=valued(("1/2", "一半"), ("1/3", "三分之一"), ("1/4", "四分之一"), ("2/3", "三分之二")),
    units=meaning(
        CNY="元 块",
        EUR="欧元",
        USD="美元",
        RUB="卢布",
        PHP="比索",
        GBP="英镑",
        mm="毫米",
        cm="厘米",
        km="公里",
        metre="米",
        kg="公斤 千克",
        litre="升",
        minute="分钟",
        hour="小时",
        day="天",
        week="周 个星期",
        month="个月",
        year="年",
    ),
    days=meaning(
        today="今天 今日",
        tomorrow="明天 明日",
        overmorrow="后天",
        yesterday="昨天",
        morning="上午 早上 早晨",
        noon="中午",
        afternoon="下午",
        evening="晚上 傍晚",
        night="夜里 夜间 半夜",
    ),
    negations=words("不 没 未 无 非 别"),
    opposites=opposed(
        ("open", "开门 开业 开放 开张 开了", "关闭 关门 停业 歇业 关了"),
        ("ship", "发货 发出 寄出 送到", "取消"),
        ("rise", "涨价 上涨 提高 增加 上调 涨到", "降价 下降 降低 减少 下调 降到"),
        ("before", "之前 以前", "之后 以后"),
        ("import", "导入 进口", "导出 出口"),
        ("start", "开始 启动", "结束 停止"),
        ("add", "添加 新增", "删除 移除"),
        ("accept", "接受 批准", "拒绝"),
        ("early", "提前", "推迟 延后"),
        ("cheap", "便宜", "更贵"),
        ("free", "免费", "收费"),
        ("more", "更多 更快", "更少 更慢"),
        ("enable", "启用 打开", "禁用 关掉"),
        ("allow", "允许", "禁止"),
        ("despite", "虽然 尽管", "因为 由于"),
    ),
    synonyms=alike(
        "现在 目前 如今 现已|领取 取货 提货 自取|购买 选购 采购|顾客 客户 客人|展示 展出 演示|专家 顾问 "
        "专员|公司 企业|门店 店铺 商店|通知 告知 告诉|回答 解答 答复|维修 修理 检修|汽车 车辆|选择 挑选|使用 "
        "采用|提供 供应|员工 同事 职员|简单 容易|全部 所有 全体|帮助 协助|快速 迅速 尽快|每个 各个|营业 "
        "开放|寄送 发送|新增 增加 添加|可以 能够|推出 上线|收到 接到|询问 咨询|日期 时间|免费 不收费 无需付费 "
        "不收取费用 不另收费|送货 配送 送达 派送|客房 房间|价格 价钱 售价|降低 下调 调低|延长 延至|招聘 聘请 "
        "录用|功能 特性|错误 故障|地区 区域|问题 疑问|规定 规则 法规|质保 保修|包裹 快件|网站 网页 官网|检查 "
        "检测|培训 培训班 课程|立即 立刻 马上|更换 替换|需要 必须|制造 生产 制作|产品 商品 货品|改进 改善 "
        "优化|说明 解释 讲解|更改 变更 修改|卡车 货车|租赁 出租 租用|账单 发票|每天 每日 天天|如果 若是 "
        "倘若|我们 本店 本公司|您 你|预订 预约 预定|无需 不用 不必|直接 径直|非常 十分|早上 早晨|来到 "
        "前来|联系 联络|到店 来店|介绍 讲述|优惠 折扣"
    ),
    greetings=phrases("您好|你好|尊敬的|亲爱的|大家好|各位"),
    sign_offs=phrases("此致|敬礼|祝好|谢谢|顺祝|敬上|期待您的"),
    names_by_capital=False,
)
