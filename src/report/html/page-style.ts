/** The page's style sheet: system fonts only, light and dark by the reader's setting, tables that scroll inside themselves. */
export const pageStyle: string = `
:root{color-scheme:light dark;
--paper:#faf9f6;--card:#fff;--ink:#1d2021;--muted:#5d625f;--rule:#e0ddd5;--soft:#f1efe9;--accent:#0b6e75;--accent-soft:#e2f0f0;
--warn:#8a4b08;--warn-soft:#fdf1df;--warn-rule:#e5b876;--real:#2f7d32;--chance:#b4531a;--shift:#7a4fb0;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
--serif:"Iowan Old Style",Charter,"Bitstream Charter","Source Serif 4",Georgia,"Liberation Serif",serif;
--mono:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace}
@media (prefers-color-scheme:dark){:root{
--paper:#131719;--card:#1a1f22;--ink:#e9e7e1;--muted:#a3a8a4;--rule:#30363a;--soft:#20262a;--accent:#5cc3c9;--accent-soft:#173437;
--warn:#f0bd7c;--warn-soft:#2e2415;--warn-rule:#6d5024;--real:#7cc47f;--chance:#e89a64;--shift:#b999e6}}
*,*::before,*::after{box-sizing:border-box}
[hidden]{display:none!important}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:400 15px/1.55 var(--sans);font-variant-numeric:tabular-nums}
.top,nav,main{max-width:1180px;margin:0 auto;padding:0 28px}
a{color:var(--accent)}
code,pre{font-family:var(--mono);font-size:.88em}
.sr,.skip:not(:focus){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip:focus{position:fixed;left:12px;top:12px;z-index:9;background:var(--card);padding:8px 14px;border-radius:6px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
.muted{color:var(--muted)}

.top{padding-top:52px}
.kicker{margin:0 0 6px;color:var(--muted);font-size:12.5px;letter-spacing:.09em;text-transform:uppercase}
h1{margin:0;font:600 clamp(30px,5vw,44px)/1.12 var(--serif);letter-spacing:-.012em;overflow-wrap:anywhere;text-wrap:balance}
.verdict{max-width:46em;margin:14px 0 20px;font:400 19px/1.45 var(--serif);overflow-wrap:anywhere}
.banner{max-width:64em;margin:0 0 10px;padding:10px 14px;background:var(--warn-soft);border:1px solid var(--warn-rule);border-left-width:4px;border-radius:6px;overflow-wrap:anywhere}
.banner strong{color:var(--warn);margin-right:.4em}
.facts{display:flex;flex-wrap:wrap;gap:10px 34px;margin:20px 0 0;padding:14px 0;border-top:1px solid var(--rule)}
.facts div{min-width:0}
dt{color:var(--muted);font-size:12.5px}
dd{margin:0;overflow-wrap:anywhere}
nav{position:sticky;top:0;z-index:5;max-width:none;padding:0;background:var(--paper);border-block:1px solid var(--rule);display:flex;overflow-x:auto;scrollbar-width:none}
nav::before,nav::after{content:"";flex:1 0 16px;max-width:calc((100vw - 1180px)/2 + 16px)}
nav::after{max-width:none}
nav a{flex:none;padding:10px 12px;color:var(--muted);text-decoration:none;font-size:14px}
nav a:hover{color:var(--ink);text-decoration:underline;text-underline-offset:5px}

section{padding-top:46px;scroll-margin-top:20px}
h2{margin:0 0 14px;font:600 26px/1.2 var(--serif);letter-spacing:-.008em}
h3{margin:0 0 2px;font:600 20px/1.3 var(--serif)}
.lead{margin:-6px 0 16px;color:var(--muted)}
.meta{margin:0 0 10px;color:var(--muted);font-size:13.5px;overflow-wrap:anywhere}
p{overflow-wrap:anywhere}

.scroll{overflow-x:auto;overscroll-behavior-x:contain;background:var(--card);border:1px solid var(--rule);border-radius:10px}
table{width:100%;border-collapse:collapse;font-size:14px}
caption{caption-side:bottom;padding:9px 16px 11px;border-top:1px solid var(--rule);color:var(--muted);font-size:12.5px;text-align:left;overflow-wrap:anywhere}
caption>span{position:sticky;left:16px;display:inline-block;max-width:min(100%,calc(100vw - 66px))}
th,td{padding:9px 14px;max-width:26em;text-align:left;vertical-align:top;overflow-wrap:break-word}
tbody tr+tr>*{border-top:1px solid var(--rule)}
thead th{border-bottom:1px solid var(--rule);color:var(--muted);font-weight:500;font-size:13px;vertical-align:bottom}
thead small{display:block;font-weight:400;font-size:11.5px}
tbody th{font-weight:500;min-width:11em;overflow-wrap:anywhere}
.number{text-align:right;white-space:nowrap}
thead .number{white-space:normal}
.sortable thead button{all:unset;cursor:pointer;color:var(--ink);font-weight:600;border-radius:3px}
.sortable thead button:hover{color:var(--accent)}
.sortable thead button:focus-visible{outline:2px solid var(--accent);outline-offset:3px}
.sortable thead button::after{position:absolute;margin-left:3px;color:var(--accent)}
.sortable thead th[aria-sort=ascending] button::after{content:"▴"}
.sortable thead th[aria-sort=descending] button::after{content:"▾"}
.sortable thead .number button::after{margin-left:0}
.arrow{color:var(--muted)}
.none{min-width:10em;color:var(--muted);overflow-wrap:anywhere}
.wide{min-width:16em;overflow-wrap:anywhere}
.low{color:var(--warn)}
.chips{display:flex;flex-wrap:wrap;gap:4px;margin-top:3px}
.chips:empty{display:none}
.chip{display:inline-block;padding:0 7px;background:var(--soft);border-radius:9px;color:var(--muted);font:400 12px/18px var(--sans);overflow-wrap:anywhere}
.chip.warn{background:var(--warn-soft);color:var(--warn)}
.chip.accent{background:var(--accent-soft);color:var(--accent);vertical-align:3px}

.board td,.board tbody th{padding-block:12px}
.board .rank{width:1%;min-width:0;padding-right:4px;text-align:right;font:600 17px/1.3 var(--serif);white-space:nowrap}
.board thead th:first-child{padding-right:4px}
.board .name{font-weight:600;font-size:15px}
.board .rank.odd{box-shadow:inset 4px 0 var(--accent)}
.board .rank.even{box-shadow:inset 4px 0 color-mix(in srgb,var(--accent) 35%,var(--card))}
.board .figure{min-width:142px;text-align:right}
.board .figure.primary{background:color-mix(in srgb,var(--accent-soft) 45%,transparent)}
.board .value{display:block;font-weight:600;font-size:17px;line-height:1.25}
.board .primary .value{color:var(--accent)}
.interval{color:var(--muted);font-size:12.5px;white-space:nowrap}
.board .whisker{display:block;margin:4px 0 0 auto}
.board .under{display:flex;justify-content:flex-end;gap:9px;color:var(--muted);font-size:12px}
.board .under:empty{display:none}
.board .status{display:block;font-weight:600;font-size:12.5px;color:var(--warn)}
.board .reason{display:block;max-width:17em;margin-left:auto;font-size:12.5px;line-height:1.35}
.same-set{background:color-mix(in srgb,var(--soft) 55%,transparent)}
.same-set .name,.board .same-set .value{font-weight:500}
.whisker .axis{stroke:var(--rule)}
.whisker .range{stroke:var(--accent);stroke-width:3;stroke-linecap:round;opacity:.5}
.whisker circle{fill:var(--accent)}
.same-set .whisker .range{stroke:var(--muted)}
.same-set .whisker circle{fill:var(--card);stroke:var(--muted);stroke-width:1.6}
.tick{stroke-width:1.6}
.tick.real-against-real{stroke:var(--real)}
.tick.chance-shuffled-pairs{stroke:var(--chance);stroke-dasharray:3 2}
.tick.chance-time-shift{stroke:var(--shift);stroke-dasharray:1.5 1.5}
.key{white-space:nowrap}
.key::before{content:"";display:inline-block;width:2px;height:13px;margin-right:6px;background:var(--real);vertical-align:-2px}
.key.chance::before{background:repeating-linear-gradient(var(--chance) 0 3px,transparent 3px 5px)}
.key.shift::before{background:repeating-linear-gradient(var(--shift) 0 2px,transparent 2px 3.67px)}

.metric{margin-bottom:22px;padding:20px 24px;background:var(--card);border:1px solid var(--rule);border-radius:10px}
.metric p{max-width:68em}
.metric>p{margin:0 0 8px}
.metric .meta{margin-bottom:10px}
.chart{position:relative;margin:14px 0 4px;min-width:0}
.chart canvas{max-width:100%}
.yardsticks{display:grid;grid-template-columns:repeat(auto-fit,minmax(230px,1fr));gap:10px 26px;margin:14px 0;padding-top:12px;border-top:1px solid var(--rule)}
.yardsticks dd{font-weight:600}
.yardsticks .interval{font-weight:400;white-space:normal}
.yardsticks .absent{color:var(--muted)}
.yardsticks .absent dd{font-weight:400;font-size:13px}
.yardsticks .absent .key::before{background:var(--rule)}
details>summary{padding:8px 0;cursor:pointer;font-weight:600;overflow-wrap:anywhere}
details>summary .muted,details>summary .low{margin-left:.5em;font-weight:400;font-size:13.5px}
#differences>details,details.clip{border-top:1px solid var(--rule)}
#differences>details:last-child,details.clip:last-child{border-bottom:1px solid var(--rule)}
#differences>details[open],details.clip[open]{padding-bottom:18px}

.stage{display:grid;grid-template-columns:minmax(260px,33%) minmax(0,1fr);gap:18px;align-items:start}
.stage.silent{grid-template-columns:minmax(0,1fr)}
.screen{position:sticky;top:58px}
.screen video{display:block;width:100%;aspect-ratio:16/9;background:#0c0e0f;border-radius:10px}
.screen .absent{margin:8px 0 0;color:var(--warn);font-size:13px}
.stage tbody th{min-width:13em}
.stage audio{display:block;width:230px;height:34px;margin-top:4px}
.stage audio:not([controls]){display:none}
.sound{display:inline-flex;align-items:center;gap:9px;max-width:100%;margin:-4px 0 -4px -8px;padding:4px 12px 4px 8px;border:1px solid transparent;border-radius:20px;background:none;color:inherit;font:500 14px/1.4 var(--sans);text-align:left;cursor:pointer;overflow-wrap:anywhere}
.sound .icon{flex:none;width:22px;height:22px;border-radius:50%;background:var(--accent-soft);display:grid;place-items:center}
.sound .icon::before{content:"";border-style:solid;border-width:5px 0 5px 8px;border-color:transparent transparent transparent var(--accent);margin-left:2px}
.sound:hover{border-color:var(--rule)}
.sound:disabled{color:var(--muted);cursor:default}
.sound:disabled .icon{opacity:.35}
.sound[aria-pressed=true]{background:var(--accent-soft);color:var(--accent);font-weight:600}
.sound[aria-pressed=true] .icon{background:var(--accent)}
.sound[aria-pressed=true] .icon::before{border-color:transparent transparent transparent var(--card)}
.playing .sound[aria-pressed=true] .icon::before{width:8px;height:10px;margin:0;border-width:0 3px;border-color:var(--card)}

.notes{max-width:60em;margin:0;padding-left:1.2em}
.notes li{margin-bottom:6px;overflow-wrap:anywhere}
.command{margin:0;padding:12px 16px;background:var(--soft);border-radius:8px;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
.facts.wide{display:grid;grid-template-columns:repeat(auto-fill,minmax(250px,1fr));border-top:0}
#provenance .scroll{margin-top:14px}
#provenance td code{overflow-wrap:anywhere}
main{padding-bottom:72px}
@media (max-width:760px){
.top,main{padding-inline:16px}
.top{padding-top:30px}
.verdict{font-size:17px}
.facts{gap:10px 24px}
.metric{padding:16px;margin-inline:-4px}
th,td{padding-inline:11px}
.board tbody th{position:sticky;left:0;z-index:1;min-width:8.5em;max-width:11em;background:var(--card);box-shadow:1px 0 var(--rule)}
.board tbody .same-set th{background:color-mix(in srgb,var(--soft) 55%,var(--card))}
.stage{grid-template-columns:minmax(0,1fr)}
.screen{position:static}
}
@media print{
nav,.skip,.screen,.stage audio,.sound .icon{display:none}
body{background:#fff}
.metric,.scroll{break-inside:avoid}
}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
`;
