//===- Emit/Diagram.h - Groups, clocks and runs as a picture -------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which groups run when, by which clocks: time goes to the right, a column for
// each run, and each clock has the groups that it drives below it.
//
//                    run 1              run 2
//                    100 ms             1 s
//   defaultclock     | dt 0.1 ms  | | | | dt 0.1 ms  | | | |
//   P                [ N = 400, euler ] [ N = 400, euler   ]
//   Q                                   [ N = 80, exact    ]
//
// Runs that are alike share a column, so that a hundred of them stay readable.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EMIT_DIAGRAM_H
#define BRIAN2LIFT_EMIT_DIAGRAM_H

#include "Emit/Page.h"

namespace brian2lift {

/// An SVG for a place of `Width` pixels (wider only where the columns need it),
/// with links to the groups' anchors. `Id` makes its ids unique on the page.
void writeDiagram(llvm::raw_ostream &OS, const Page &P, unsigned Width,
                  llvm::StringRef Id);

} // namespace brian2lift

#endif // BRIAN2LIFT_EMIT_DIAGRAM_H
