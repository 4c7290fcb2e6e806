//===- Model/Neighbours.h - What other code says about dimensions -------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A group's own equations are not all that is said about its variables:
//
//   G.v = 'El + rand()*10*mV'        an initial value: v and El are volts
//   on_pre='ge_post += w'            a synapse: ge is what w is
//   PoissonInput(G, 'v', ...)        an input: v is what its weight is
//
// Each function of the project is read once into facts whose names mean the
// same everywhere: an array's own name for a variable (`_array_neurongroup_v`),
// `tau = 0.01` for a constant, which is another one where its value is another.
// For one group they are put into its own names, as far as they are connected
// with it. They rank below what the group itself says: a synapse that was
// misread must not make its target doubtful.
//
//   Neighbours N(C, Names, Owners);
//   N.read(StepOf);                                          // once
//   N.addTo(P, {{"_array_neurongroup_v", "v"}, ...}, ...);   // for each group
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_MODEL_NEIGHBOURS_H
#define BRIAN2LIFT_MODEL_NEIGHBOURS_H

#include "Model/Roles.h"
#include "Units/Units.h"

namespace brian2lift {

/// The names that one group has for what the facts are about.
struct OwnNames {
  std::string Group;
  std::map<std::string, std::string> VariableOf; ///< by array
  std::map<std::string, double> Constants;
  std::set<const Function *> Functions; ///< which say what is known already
};

class Neighbours {
public:
  Neighbours(const CodeObjects &C, const ArrayNames &Names,
             const std::map<std::string, OwnerArrays> &Owners)
      : C(C), Names(Names), Owners(Owners) {}

  /// Reads all functions. It writes to the project's arena, and to nothing else
  /// that is not its own.
  void read(llvm::function_ref<const Step &(const Function &)> StepOf);

  /// Adds the facts that are connected with those of `P`.
  void addTo(UnitProblem &P, const OwnNames &Own) const;

private:
  struct Fact {
    const Function *F;
    Expr Left; ///< null for what is only well-formed
    Expr Right;
    SourcePlace Place;
    std::vector<std::string> Symbols; ///< and calls of TimedArrays
  };
  /// A named number of the code; see symbolOf.
  struct Constant {
    std::string Name;
    std::string Owner; ///< empty where name and value tell enough
    double Value = 0;
    SourcePlace Place;
  };

  void read(const Function &F, const Step &S);
  Expr symbolOf(const NamedConstant &K, const std::string &Owner);
  Expr symbolOf(const StepVariable &V, const Function &F);
  void add(Expr Left, Expr Right, const SourcePlace &Place, const Function &F,
           const llvm::DenseMap<Expr, Expr> &Renamed);
  std::string ownerOf(const Function &F) const;

  const CodeObjects &C;
  const ArrayNames &Names;
  const std::map<std::string, OwnerArrays> &Owners;
  std::vector<Fact> Facts;
  std::map<std::string, std::vector<size_t>> FactsOf;        ///< by symbol
  std::map<std::string, Constant> Constants;                 ///< by symbol
  std::map<std::string, std::vector<std::string>> SymbolsOf; ///< by name
  std::map<std::string, Dimension> Known;
};

} // namespace brian2lift

#endif // BRIAN2LIFT_MODEL_NEIGHBOURS_H
