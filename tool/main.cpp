//===- tool/main.cpp - brian2lift's command line ------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Commands.h"
#include "Support/TimeReport.h"

int main(int Argc, const char **Argv) {
  using namespace brian2lift;
  std::optional<Options> O = parseOptions(Argc, Argv);
  if (!O)
    return ExitUnreadable;
  if (O->ReportsTimes)
    enableTimeReport();
  return O->IsDiff ? diffModels(*O) : readProjects(*O);
}
