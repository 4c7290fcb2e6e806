#include "CodeObject/CodeObject.h"
#include "Equations/Equations.h"
#include "Step/Step.h"
using namespace brian2lift;
int main(int argc, char **argv) {
  Diagnostics Diags;
  std::string Room = argv[1];
  auto P = loadProject({argv[2]}, {}, Diags);
  if (!P) { llvm::errs() << toString(P.takeError()) << "\n"; return 2; }
  auto C = extractCodeObjects(*P, Diags);
  if (!C) { llvm::errs() << toString(C.takeError()) << "\n"; return 2; }
  if (Room == "code-objects") print(llvm::outs(), *C);
  ArrayNames Names = nameArrays(*C);
  for (auto &F : C->Functions) {
    if (llvm::StringRef(F.Name).contains("stateupdater") && llvm::StringRef(F.Name).starts_with("_run_")) {
      Step S = buildStep(F, *C, Names);
      if (Room == "step") print(llvm::outs(), S);
      if (Room == "equations") { llvm::outs() << F.Name << "\n"; print(llvm::outs(), recoverEquations(S, Diags)); }
    }
  }
  for (auto &D : Diags.all()) print(llvm::errs(), D);
}
