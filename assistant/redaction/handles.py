"""What may stand after an @: the payment handles of UPI and the endings of mail domains. Data only."""

# Handles of UPI providers and banks that are no word of their own, so that "ravi at okaxis" can mean nothing else.
DISTINCT_HANDLES = frozenset({
    "abfspay", "apl", "axisb", "axl", "barodampay", "centralbank", "cnrb", "dbs", "dlb", "fbl", "freecharge",
    "hdfcbank", "ibl", "idfcbank", "idfcfirst", "ikwik", "indianbank", "indus", "jupiteraxis", "kotak", "mahb",
    "naviaxis", "okaxis", "okbizaxis", "okhdfcbank", "okicici", "oksbi", "pingpay", "pnb", "postbank", "ptaxis",
    "pthdfc", "ptsbi", "ptyes", "rbl", "rmhdfcbank", "sliceaxis", "superyes", "tapicici", "timecosmos", "uboi",
    "unionbank", "waaxis", "wahdfcbank", "waicici", "wasbi", "yapl", "ybl", "yesbank", "yesg",
})  # fmt: skip

# Endings that a domain may have when its dot is spelled out or stands between spaces.
TOP_LEVEL_DOMAINS = frozenset({
    "ae", "ai", "app", "au", "biz", "ca", "ch", "cloud", "cn", "co", "com", "de", "dev", "edu", "es", "eu", "fr",
    "gov", "in", "info", "int", "io", "it", "jp", "me", "mil", "mobi", "name", "net", "nl", "nz", "online", "org",
    "pro", "ru", "se", "sg", "shop", "site", "store", "tech", "tv", "uk", "us", "xyz", "za",
})  # fmt: skip
