//===- CodeObject/StandInsGenn.cpp - A stand-in for GeNN's header -------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `modelSpec.h` of GeNN 2 to 4. Its macros keep what they are given as members
// that the AST holds (GennModel.cpp reads them by their names); the macros of
// synapses vanish. The older form assigns to the members of `neuronModel`.
//
//===----------------------------------------------------------------------===//

#include "CodeObject/StandIns.h"

namespace brian2lift {

const StandIn Genn = {R"cpp(
#pragma once
#include <string>
#include <vector>
struct __list {
  __list();
  struct pair { const char *a, *b; };
  __list(std::initializer_list<const char *>);
  __list(std::initializer_list<pair>);
};
struct __values { __values(); template <class... A> __values(A...); };
#define DECLARE_MODEL(...) typedef __values ParamValues; typedef __values VarValues;
#define DECLARE_WEIGHT_UPDATE_MODEL(...) typedef __values ParamValues, VarValues, PreVarValues, PostVarValues;
#define IMPLEMENT_MODEL(...) struct __implemented
#define SET_SIM_CODE(...) static constexpr const char *__sim_code = __VA_ARGS__
#define SET_THRESHOLD_CONDITION_CODE(...) static constexpr const char *__threshold_condition_code = __VA_ARGS__
#define SET_RESET_CODE(...) static constexpr const char *__reset_code = __VA_ARGS__
#define SET_SUPPORT_CODE(...) static constexpr const char *__support_code = __VA_ARGS__
#define SET_PARAM_NAMES(...) static inline const __list __param_names = __VA_ARGS__
#define SET_VARS(...) static inline const __list __vars = __VA_ARGS__
#define SET_EXTRA_GLOBAL_PARAMS(...) static inline const __list __extra_global_params = __VA_ARGS__
#define SET_NEEDS_AUTO_REFRACTORY(...)
#define SET_ADDITIONAL_INPUT_VARS(...)
#define SET_DERIVED_PARAMS(...)
#define SET_EVENT_CODE(...)
#define SET_EVENT_THRESHOLD_CONDITION_CODE(...)
#define SET_LEARN_POST_CODE(...)
#define SET_LEARN_POST_SUPPORT_CODE(...)
#define SET_SIM_SUPPORT_CODE(...)
#define SET_SYNAPSE_DYNAMICS_CODE(...)
#define SET_SYNAPSE_DYNAMICS_SUPPORT_CODE(...)
#define SET_NEEDS_PRE_SPIKE_TIME(...)
#define SET_NEEDS_POST_SPIKE_TIME(...)
#define SET_APPLY_INPUT_CODE(...) static constexpr const char *__apply_input_code = __VA_ARGS__
#define SET_CURRENT_CONVERTER_CODE(...)
#define SET_DECAY_CODE(...)
namespace NeuronModels { class Base {}; class SpikeSource {}; class SpikeSourceArray {}; }
namespace WeightUpdateModels { class Base {}; }
namespace PostsynapticModels { class Base {}; }
struct neuronModel {
  std::vector<std::string> varNames, varTypes, pNames, dpNames,
      extraGlobalNeuronKernelParameters, extraGlobalNeuronKernelParameterTypes;
  std::string simCode, thresholdConditionCode, resetCode, supportCode;
};
extern std::vector<neuronModel> nModels;
struct postSynModel {
  std::vector<std::string> varNames, varTypes, pNames, dpNames;
  std::string supportCode, postSyntoCurrent, postSynDecay;
};
extern std::vector<postSynModel> postSynModels;
enum class SynapseMatrixType { DENSE_INDIVIDUALG, DENSE_GLOBALG, SPARSE_INDIVIDUALG, SPARSE_GLOBALG };
enum SynapseConnType { ALLTOALL, DENSE, SPARSE };
enum SynapseGType { INDIVIDUALG, GLOBALG, INDIVIDUALID };
extern const unsigned NO_DELAY;
struct SynapseGroup {
  enum class SpanType { PRESYNAPTIC, POSTSYNAPTIC };
  void setSpanType(SpanType), setMaxConnections(unsigned);
};
struct NNmodel {
  template <class M = void, class... A> void *addNeuronPopulation(A...);
  template <class M> void *addNeuronPopulation(const char *, unsigned, __values, __values);
  template <class W = void, class P = void, class... A> SynapseGroup *addSynapsePopulation(A...);
  template <class W, class P, class A, class B, class C, class D, class E, class F, class G>
  SynapseGroup *addSynapsePopulation(A, B, C, D, E, F, G, __values, __values);
  void setDT(double), setName(std::string), finalize();
  template <class T> void setPrecision(T);
};
typedef NNmodel ModelSpec;
void initGeNN();
__values uninitialisedVar();
struct Conductance { unsigned connN, *indInG, *ind; };
class CStopWatch { public: void startTimer(), stopTimer(); double getElapsedTime(); };
template <class T> std::string toString(T);
)cpp",
                      "modelSpec.h global.h hr_time.h sparseUtils.h "
                      "sparseProjection.h stringUtils.h "
                      "utils.h",
                      /*IsAlways=*/true};

} // namespace brian2lift
