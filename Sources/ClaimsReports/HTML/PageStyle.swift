/// The style sheet of the report page: light and dark, for screens and for paper.
///
/// Text has a contrast of at least 4.5 to its ground in both; parts of bars differ in pattern or
/// brightness as well as in colour.
let pageStyle = """

    :root{--ground:#fbfaf7;--panel:#fff;--ink:#1d1c1a;--soft:#5d5952;--line:#dedad1;
    --link:#1a5a85;--good:#22663f;--wait:#8a5300;--bad:#a2281d;--p0:#2c6e4c;--p1:#8cc3a0;
    --p2:#d99f33;--p3:#7fa9d6;--p4:#a39c90;--gap:#fbfaf7}
    @media (prefers-color-scheme:dark){:root{--ground:#161513;--panel:#1e1c1a;--ink:#ece8e1;
    --soft:#aaa499;--line:#38342f;--link:#8fc3ee;--good:#84cda0;--wait:#e8b765;--bad:#f19a8e;
    --p0:#3f9468;--p1:#a5d6b7;--p2:#d9a545;--p3:#6697cb;--p4:#6b655c;--gap:#161513}}
    *{box-sizing:border-box}
    html{scroll-padding-top:9rem}
    body{margin:0 auto;max-width:78rem;padding:1.5rem clamp(.75rem,3vw,2.5rem) 4rem;
    background:var(--ground);color:var(--ink);
    font:15px/1.5 ui-sans-serif,system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif}
    h1{font-size:1.9rem;line-height:1.2;margin:.2rem 0 .4rem;letter-spacing:-.015em}
    h2{font-size:1.3rem;margin:2.8rem 0 .6rem;letter-spacing:-.01em}
    h3{font-size:1.05rem;margin:1.8rem 0 .5rem}
    h3 span,summary span,.most{color:var(--soft);font-weight:400;margin-left:.5em}
    p{margin:.4rem 0;max-width:48rem}
    .lead,.hint,.known,.who{color:var(--soft)}
    .hint{font-size:.9rem}
    a{color:var(--link);text-underline-offset:.2em;text-decoration-thickness:1px}
    td a,dd a,th a{color:inherit;text-decoration-color:var(--line)}
    td a:hover,dd a:hover,th a:hover{color:var(--link);text-decoration-color:currentColor}
    :focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:2px}
    .skip{position:absolute;left:-99rem}
    .skip:focus{left:1rem;top:.5rem;background:var(--panel);padding:.4rem .8rem;z-index:9}
    code{font:.86em/1.4 ui-monospace,"Cascadia Mono","DejaVu Sans Mono",monospace;
    overflow-wrap:anywhere}
    nav ul,.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;padding:0;
    margin:.8rem 0 0}
    .legend{font-size:.9rem;color:var(--soft);margin:.4rem 0 0}
    .legend i{display:inline-block;width:.9em;height:.9em;border-radius:2px;margin-right:.45em;
    vertical-align:-.08em}
    table{border-collapse:collapse;font-size:.92rem;min-width:34rem;width:100%}
    caption{text-align:left;color:var(--soft);padding:.3rem 0;font-size:.9rem}
    th,td{text-align:left;padding:.3rem .9rem .3rem 0;border-bottom:1px solid var(--line);
    vertical-align:baseline;font-weight:400}
    th:last-child,td:last-child{padding-right:0}
    thead th{color:var(--soft);font-size:.85rem;border-bottom-color:var(--soft);
    white-space:nowrap}
    tbody th{white-space:nowrap}
    .n,time,.accounts td,.claims td:nth-child(n+4):nth-child(-n+6){text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    .wide{overflow-x:auto;margin:.4rem 0 .8rem}
    .accounts tbody th{white-space:normal;min-width:9rem}
    #listed td:nth-child(7){min-width:13rem}
    .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.6rem;
    margin:.4rem 0 1rem}
    .tiles div{background:var(--panel);border:1px solid var(--line);border-radius:6px;
    padding:.55rem .8rem}
    .tiles dt,.stamp dt{color:var(--soft);font-size:.85rem}
    .tiles dd{margin:0;font-size:1.2rem;font-variant-numeric:tabular-nums;white-space:nowrap}
    .bar{display:flex;gap:1px;height:.7rem;min-width:7rem;border-radius:2px;overflow:hidden;
    background:var(--line)}
    .bar i,.chart i{display:block;flex:none}
    .bar i{margin-right:-.5px}
    .p0{background-color:var(--p0)}.p1{background-color:var(--p1)}.p3{background-color:var(--p3)}
    .p2{background:repeating-linear-gradient(45deg,var(--p2) 0 4px,var(--gap) 4px 5px)}
    .p4{background:repeating-linear-gradient(-45deg,var(--p4) 0 2px,var(--gap) 2px 4px)}
    figure{margin:.4rem 0}
    figcaption{font-size:.9rem;color:var(--soft);display:flex;flex-wrap:wrap;
    justify-content:space-between}
    .most b{font-weight:400;font-variant-numeric:tabular-nums}
    .chart,.axis{display:flex;gap:2px}
    .chart{height:11rem;border-bottom:1px solid var(--soft);border-top:1px dashed var(--line);
    margin-top:.3rem}
    .m,.axis span{flex:1 1 0;min-width:0;max-width:4rem}
    .m{display:flex;flex-direction:column;justify-content:flex-end;opacity:.55}
    .m.on{opacity:1}
    .axis span{font-size:.75rem;color:var(--soft);overflow:visible;white-space:nowrap;
    text-align:center}
    details{margin:.3rem 0}
    summary{cursor:pointer;padding:.2rem 0}
    .account{border:1px solid var(--line);border-radius:6px;background:var(--panel);
    padding:.15rem .9rem;margin:.45rem 0;--gap:var(--panel)}
    .why{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem .6rem;padding:0;margin:.3rem 0}
    .why li{font-size:.88rem;color:var(--soft);border:1px solid var(--line);border-radius:3px;
    padding:.05rem .5rem}
    .why b{font-weight:400;color:var(--ink);font-variant-numeric:tabular-nums}
    .fund{content-visibility:auto;contain-intrinsic-size:auto 60rem}
    .t>td{padding-top:0;border-bottom-color:var(--line)}
    tr:has(+.t)>*{border-bottom:0;padding-bottom:0}
    .t summary{font-size:.85rem;color:var(--soft)}
    .steps{margin:.2rem 0 .6rem;padding:0 0 0 1rem;border-left:2px solid var(--line);
    list-style:none;white-space:normal}
    .steps li{padding:.15rem 0}
    .steps time,.known{color:var(--soft);font-size:.9em}
    .who::before{content:"by "}
    q{quotes:none;overflow-wrap:anywhere}
    .move{font-variant-numeric:tabular-nums;white-space:nowrap;background:var(--ground);
    border:1px solid var(--line);border-radius:3px;padding:0 .4em;font-size:.9em}
    .found,.overdue,.expired,.s5,.s6{color:var(--bad)}
    .s1,.s2,.s3{color:var(--wait)}
    .s4{color:var(--good)}
    .s7,.s8,.s0{color:var(--soft)}
    .s0::before{content:"\\25CB\\a0"}.s1::before{content:"\\25CF\\a0"}
    .s2::before{content:"\\25D0\\a0"}.s3::before,.found::before,.overdue::before{content:"!\\a0"}
    .s4::before{content:"\\2713\\a0"}.s5::before{content:"\\2717\\a0"}
    .s6::before{content:"\\21BA\\a0"}.s7::before{content:"\\2212\\a0"}
    .s8::before,.expired::before{content:"\\00D7\\a0"}
    [class^=s]:is(td,th,span){white-space:nowrap}
    .stamp{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem}
    .stamp dd{margin:0}
    .controls{position:sticky;top:0;z-index:5;background:var(--ground);padding:.6rem 0 .5rem;
    border-bottom:1px solid var(--line);margin-top:1rem}
    .slide{display:grid;grid-template-columns:auto auto 1fr;gap:.7rem;align-items:center}
    .slide output{font-variant-numeric:tabular-nums;font-weight:600}
    .slide input{width:100%;accent-color:var(--link)}
    .filters{display:flex;flex-wrap:wrap;gap:.4rem 1rem;margin-top:.4rem;font-size:.9rem}
    .filters label{color:var(--soft)}
    .filters select,.filters input,.filters button{font:inherit;color:var(--ink);
    background:var(--panel);border:1px solid var(--soft);border-radius:4px;padding:.15rem .4rem}
    .filters input{width:9rem}
    .filters select{max-width:12rem}
    [hidden]{display:none!important}
    @media (max-width:40rem){.axis .y+span{visibility:hidden}
    body{font-size:14px}h1{font-size:1.5rem}html{scroll-padding-top:1rem}
    .controls{position:static}.slide{grid-template-columns:auto 1fr}
    .slide input{grid-column:1/-1}.stamp{grid-template-columns:1fr}.stamp dd{margin-bottom:.5rem}
    .axis span{font-size:.65rem}.tiles{grid-template-columns:repeat(auto-fit,minmax(8rem,1fr))}
    .tiles dd{font-size:1.05rem}th,td{padding-right:.7rem}}
    @media print{:root{--ground:#fff;--panel:#fff;--ink:#000;--soft:#444;--line:#bbb;--gap:#fff;
    --link:#000;--good:#1c5836;--wait:#6e4200;--bad:#8a1f16;--p0:#2c6e4c;--p1:#8cc3a0;
    --p2:#d99f33;--p3:#7fa9d6;--p4:#a39c90}
    @page{size:A4 landscape;margin:14mm}
    body{max-width:none;padding:0;font-size:9.5pt}
    nav,.skip,.filters,.slide input,.t summary,.account>summary::marker{display:none}
    .controls{position:static;border:0}
    .wide{overflow:visible}
    table{min-width:0}#funds td:is(:nth-child(2),:last-child){white-space:nowrap}
    thead{display:table-header-group}
    tr,li,figure,.tiles,.currency>h3{break-inside:avoid}
    h2,h3,summary,caption{break-after:avoid}
    .account{border:0;padding:0;border-top:1px solid var(--line);border-radius:0}
    a{text-decoration:none}
    .bar,.chart,i{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    .fund{content-visibility:visible}
    .then,.currency details:not([open]){display:none}
    .m{opacity:1}}

    """
