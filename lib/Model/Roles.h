//===- Model/Roles.h - What a function is for ---------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function's role follows from what it does to arrays: filling an event space
// makes a thresholder, walking one and writing the group's variables a
// resetter. Only what does the same in the same way is told apart by name: a
// state updater and code that a user runs regularly (`v += dt*...` may be
// either) by the suffix `_stateupdater` that Brian2 gives to every state
// updater (groups/neurongroup.py, StateUpdater). A cable solver is what writes
// the `v` of a spatial neuron and its solution without neighbours, `_v_star`.
//
// The owners of arrays are told apart the same way: a neuron group has an array
// `i` of fixed size, and is neither a spatial neuron nor a spike source.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_MODEL_ROLES_H
#define BRIAN2LIFT_MODEL_ROLES_H

#include "Step/Step.h"
#include <map>
#include <set>

namespace brian2lift {

enum class Role {
  StateUpdater,
  CableSolver, ///< updates v in a neuron with compartments
  Thresholder,
  Resetter,
  RunRegularly,
  SubexpressionUpdater, ///< of `(constant over dt)` subexpressions
  Recorder,             ///< a state monitor
  Other
};

struct FunctionRole {
  Role R = Role::Other;
  std::string Owner; ///< the group; for a recorder its source
  std::string Event; ///< of thresholders and resetters
};

/// What kind of Brian object owns arrays.
enum class OwnerKind { NeuronGroup, SpatialNeuron, SpikeSource, Other };

/// One array of an owner; see VariableName::Instance.
struct OwnedArray {
  unsigned Instance;
  const Array *A;
};

/// True for owners that have equations.
inline bool isModelled(OwnerKind K) {
  return K == OwnerKind::NeuronGroup || K == OwnerKind::SpatialNeuron;
}

/// The arrays of one owner, by variable. A script that makes a group anew for
/// each run leaves several arrays for one variable, in order of their numbers.
struct OwnerArrays {
  OwnerKind Kind = OwnerKind::Other;
  std::map<std::string, std::vector<OwnedArray>> Arrays;
};

/// All owners by name. SpikeSource is a PoissonGroup or SpikeGeneratorGroup;
/// a group whose only variable is `rates` and that spikes when
/// `rand() < rates*dt` is one unless its name says `neurongroup`.
std::map<std::string, OwnerArrays> collectOwners(const CodeObjects &C,
                                                 const ArrayNames &Names);

FunctionRole roleOf(const Function &F, const ArrayNames &Names,
                    const std::map<std::string, OwnerArrays> &Owners);

/// The longest owner that fits and that `Name` begins with, whole or up to an
/// underscore: `cells_a` of `cells_a_spike`; empty when there is none.
std::string longestOwner(llvm::StringRef Name,
                         const std::map<std::string, OwnerArrays> &Owners,
                         llvm::function_ref<bool(const OwnerArrays &)> Fits);

/// The role that a function's name promises, by the names that Brian2 gives:
/// `_run_<group>_<event>_thresholder_codeobject_1`. For functions that are
/// missing or damaged: what they would have said is lost, and that must show.
FunctionRole roleByName(llvm::StringRef Function,
                        const std::map<std::string, OwnerArrays> &Owners);

/// Arrays that `F` may read or write; and those that it may write.
std::set<std::string> touchedArrays(const Function &F);
std::set<std::string> writtenArrays(const Function &F);

} // namespace brian2lift

#endif // BRIAN2LIFT_MODEL_ROLES_H
