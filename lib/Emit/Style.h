//===- Emit/Style.h - How the page looks
//------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The page's style sheet. Colours are variables, so that light and dark differ
// in these alone. Nothing is wider than the page: what could be (equations,
// code, the diagram) scrolls in a box of its own.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EMIT_STYLE_H
#define BRIAN2LIFT_EMIT_STYLE_H

#include "llvm/ADT/StringRef.h"

namespace brian2lift {

inline constexpr llvm::StringLiteral PageStyle = R"css(
:root {
  color-scheme: light dark;
  --paper: #fdfcfa; --ink: #1d1c1a; --faint: #6a665f; --line: #dedad2;
  --panel: #f5f2ec; --accent: #1a5a70; --soft: #dbe8ec; --doubt: #8a5300;
  --doubt-soft: #f8ebd3; --lost: #a02c25; --lost-soft: #f9e1de;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17191b; --ink: #e9e6e0; --faint: #a19c93; --line: #373a3d;
    --panel: #1f2225; --accent: #8cc8da; --soft: #234049; --doubt: #e5b567;
    --doubt-soft: #3b2f18; --lost: #f0938a; --lost-soft: #45221f;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.5 Charter, "Bitstream Charter", "Source Serif 4", "STIX Two Text",
    STIX, "Liberation Serif", Georgia, serif;
}
main { max-width: 58rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; font-weight: 600; margin: 0 0 .6rem; overflow-wrap: anywhere; }
h2 { font-size: 1.5rem; line-height: 1.25; font-weight: 600; margin: 0; overflow-wrap: anywhere; }
h3 { font-size: 1.0625rem; font-weight: 600; margin: 2rem 0 .4rem; }
p { margin: 0 0 .6rem; max-width: 42rem; }
a { color: var(--accent); text-underline-offset: .15em; }
code, pre, .mono {
  font-family: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Consolas, monospace;
  font-size: .84em; overflow-wrap: anywhere;
}
pre { margin: 0; overflow-x: auto; overflow-wrap: normal; line-height: 1.5; tab-size: 4; }
.small, .label, summary, .kicker, .badge, figcaption, nav, footer, .doubts, .evidence, svg {
  font-family: system-ui, "Segoe UI", "Helvetica Neue", "Liberation Sans", Arial, "DejaVu Sans", sans-serif;
}
.kicker, .label { font-size: .75rem; letter-spacing: .03em; color: var(--faint); }
.kicker { margin: 0 0 .35rem; text-transform: uppercase; letter-spacing: .08em; }
.small { font-size: .875rem; color: var(--faint); }
header { border-bottom: 1px solid var(--line); padding-bottom: 1rem; margin-bottom: 1.5rem; }
.origin { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; margin: 0; padding: 0; list-style: none; }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; list-style: none; margin: 0 0 1.25rem; padding: 0; font-size: .9375rem; }
figure { margin: 0; }
.diagram { overflow-x: auto; margin: 0 0 1.5rem; }
svg { display: block; font-size: 13px; max-width: none; }
svg text { fill: var(--ink); }
svg .faint, svg .run { fill: var(--faint); font-size: 12px; }
svg .run { fill: var(--ink); font-weight: 600; }
svg .clock { font-size: 12px; fill: var(--faint); }
svg .name { fill: var(--accent); }
svg .line { stroke: var(--line); fill: none; }
svg .ticks { stroke: var(--line); fill: none; }
svg .bar { fill: var(--soft); }
svg .operation { fill: none; stroke: var(--accent); stroke-dasharray: 3 3; }
svg .in { font-size: 12px; }
svg.narrow { display: none; }
@media (max-width: 46rem) {
  svg.narrow { display: block; } svg.wide { display: none; }
  main { padding-top: 1.5rem; } h1 { font-size: 1.6rem; }
}
.doubts { font-size: .9375rem; line-height: 1.45; background: var(--panel); border-radius: 6px; padding: .8rem 1rem; margin: 0 0 1rem; }
.doubts h2 { font-size: .9375rem; margin: 0 0 .3rem; }
.doubts ul { margin: .3rem 0 0; padding-left: 1.1rem; }
.doubts li { margin: .25rem 0; overflow-wrap: anywhere; }
.group { border-top: 2px solid var(--ink); padding-top: 1rem; margin-top: 3rem; }
.facts { display: flex; flex-wrap: wrap; gap: .5rem 2.2rem; margin: .8rem 0 .2rem; padding: 0; }
.facts div { margin: 0; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.equation { padding: .55rem 0 .35rem; }
.equation + .equation { border-top: 1px solid var(--line); }
.formula { display: flex; gap: 1rem; align-items: center; }
.math { flex: 1; min-width: 0; overflow-x: auto; overflow-y: hidden; padding: .3rem .1rem .3rem 1.6rem; text-indent: -1.6rem; font-size: 1.12rem; line-height: 2; }
.math math { text-indent: 0; margin-right: .12em; }
.formula .unit { flex: none; color: var(--faint); text-align: right; }
math { font-family: "STIX Two Math", "Latin Modern Math", "Cambria Math", "TeX Gyre Termes Math", STIX, math; }
mi.name { font-family: Charter, "STIX Two Text", STIX, "Liberation Serif", Georgia, serif; font-style: italic; }
.entry { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: 0 1rem; padding: .3rem 0; }
.entry + .entry { border-top: 1px solid var(--line); }
.entry > .label { padding-top: .75rem; overflow-wrap: anywhere; }
.entry .math { line-height: 1.7; font-size: 1.0625rem; }
.entry details { grid-column: 2; }
@media (max-width: 34rem) {
  .entry { grid-template-columns: minmax(0, 1fr); } .entry details { grid-column: 1; }
  .entry > .label { padding-top: .3rem; } .formula { gap: .5rem; }
}
.cells { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: 0 2rem; }
.cells > details { border-bottom: 1px solid var(--line); min-width: 0; }
.cells > details[open] { grid-column: 1 / -1; }
.cells summary { display: flex; gap: .6rem; align-items: baseline; padding: .35rem 0; font: inherit; color: inherit; flex-wrap: wrap; }
.cells summary::before { content: "\25b8"; font-size: .7em; color: var(--faint); }
.cells [open] > summary::before { content: "\25be"; }
.cells summary::-webkit-details-marker { display: none; }
.cells .what { overflow-wrap: anywhere; min-width: 0; }
.cells .unit { margin-left: auto; color: var(--faint); }
summary { cursor: pointer; font-size: .8125rem; color: var(--faint); padding: .1rem 0; }
summary:hover { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.badge { display: inline-block; font-size: .75rem; line-height: 1.35; border-radius: 3px; padding: 0 .35em; margin-left: .5em; background: var(--doubt-soft); color: var(--doubt); }
.badge.lost { background: var(--lost-soft); color: var(--lost); }
.cells .badge { margin-left: 0; }
.evidence { background: var(--panel); border-radius: 6px; padding: .7rem .9rem; margin: .3rem 0 .7rem; font-size: .875rem; line-height: 1.45; }
.evidence p { margin: 0 0 .35rem; overflow-wrap: anywhere; }
.evidence p:not(:first-child) { margin-top: .7rem; }
.evidence p.check { margin-top: 0; }
.evidence figcaption { font-size: .75rem; color: var(--faint); overflow-wrap: anywhere; }
.evidence pre { padding: .15rem 0 .4rem; font-size: .78rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.evidence pre code { font-size: inherit; }
.n { color: var(--faint); display: inline-block; min-width: 2.6em; padding-right: .8em; text-align: right; user-select: none; }
.script { margin-top: 1.2rem; }
.script pre { background: var(--panel); border-radius: 6px; padding: .8rem 1rem; margin: .3rem 0; }
footer { border-top: 1px solid var(--line); margin-top: 3.5rem; padding-top: .8rem; font-size: .8125rem; color: var(--faint); }
@media print { .group { break-inside: auto; } .equation, .entry { break-inside: avoid; } }
)css";

} // namespace brian2lift

#endif // BRIAN2LIFT_EMIT_STYLE_H
