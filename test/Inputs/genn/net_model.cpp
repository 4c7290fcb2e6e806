#include <stdint.h>
#include "modelSpec.h"
#include "objects.h"

class cellsNEURON : public NeuronModels::Base
{
public:
    DECLARE_MODEL(cellsNEURON, 3, 6);

    SET_SIM_CODE("// Update \"constant over DT\" subexpressions (if any)\n\
$(drive) = 2 * $(w);\n\
// PoissonInputs targetting this group (if any)\n\
$(v) += input_binomial($(_seed)) * 0.1;\n\
// Update state variables and the threshold condition\n\
$(not_refractory) = _timestep(t - $(lastspike), DT) >= _timestep(0.002, DT);\n\
double _v = (1.0f*(DT * ($(gain) * $(drive) - $(v)))/$(tau)) + $(v);\n\
$(v) = _v;\n\
double limit = $(top) + $(w);\n\
char _cond = ($(v) > limit) && $(not_refractory);");
    SET_THRESHOLD_CONDITION_CODE("_cond");
    SET_RESET_CODE("$(v) = $(bottom) * _rand($(_seed));\n\
$(lastspike) = t;\n\
$(not_refractory) = false;");
    SET_SUPPORT_CODE("\n\
SUPPORT_CODE_FUNC int64_t _timestep(double t, double dt)\n\
{\n\
    return (int64_t)((t + 1e-3*dt)/dt);\n\
}\n\
SUPPORT_CODE_FUNC double _rand(uint64_t &seed)\n\
{\n\
    return 0;\n\
}\n\
");
    SET_PARAM_NAMES({
        "tau",
        "top",
        "bottom"
    });
    SET_VARS({
        {"i", "int32_t"},
        {"v", "double"},
        {"w", "double"},
        {"drive", "double"},
        {"lastspike", "double"},
        {"not_refractory", "char"},
        {"_seed", "uint64_t"}
    });
    SET_EXTRA_GLOBAL_PARAMS({
        {"gain", "double"}
    });
    SET_NEEDS_AUTO_REFRACTORY(false);
};
IMPLEMENT_MODEL(cellsNEURON);

cellsNEURON::ParamValues cells_p
(
    0.01,
    1,
    - 0.5);
cellsNEURON::VarValues cells_ini
(
    uninitialisedVar(),
    uninitialisedVar(),
    uninitialisedVar(),
    uninitialisedVar(),
    uninitialisedVar(),
    uninitialisedVar(),
    uninitialisedVar());

void modelDefinition(NNmodel &model)
{
    GENN_PREFERENCES.userCxxFlagsGNU = "-w -O3";
    model.setDT(0.0001);
    model.setName("net_model");
    model.setPrecision(GENN_DOUBLE);
    model.addNeuronPopulation<cellsNEURON>("cells", 4, cells_p, cells_ini);
}
