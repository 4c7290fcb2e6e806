#include <stdint.h>
#include "modelSpec.h"
#include "global.h"

unsigned int cellsNEURON;
unsigned int plainNEURON;

double cells_p[3]= {
 20,
 0.01,
 - 0.5,
};
double *plain_p= NULL;

double cells_ini[3]= {
 0.0,
 0.0,
  0.0
};
double plain_ini[1]= {
  0.0
};

void modelDefinition(NNmodel &model)
{
  initGeNN();
  GENN_PREFERENCES::autoRefractory = 0;
  model.setDT(0.0001);
  neuronModel n;

  n.varNames.clear();
  n.varTypes.clear();
  n.varNames.push_back("v");
  n.varNames.push_back("w");
  n.varNames.push_back("_seed");
  n.varTypes.push_back("double");
  n.varTypes.push_back("double");
  n.varTypes.push_back("uint64_t");
  n.extraGlobalNeuronKernelParameters.clear();
  n.extraGlobalNeuronKernelParameterTypes.clear();
  n.extraGlobalNeuronKernelParameters.push_back("gain");
  n.extraGlobalNeuronKernelParameterTypes.push_back("double");
  n.pNames.clear();
  n.pNames.push_back("_run_regularly_steps");
  n.pNames.push_back("tau");
  n.pNames.push_back("bottom");
  n.simCode= "// Update \"constant over DT\" subexpressions (if any)\n\
\n\
// Run regular operations on a slower clock\n\
int _timesteps = (int)(t/DT + 0.5);\n\
    if (_timesteps % (int)$(_run_regularly_steps) == 0) {\n\
    $(w) = 0.5 * $(w);\n\
  }\n\
// PoissonInputs targetting this group (if any)\n\
\n\
// Update state variables and the threshold condition\n\
double _v = ((DT * (($(gain) * $(w)) - $(v))) / $(tau)) + $(v);\n\
$(v) = _v;\n\
char _cond = $(v) > 1;";
  n.thresholdConditionCode= "_cond";
  n.resetCode= "$(v) = $(bottom);";
  n.supportCode= "\n\
";
  nModels.push_back(n);
  cellsNEURON= nModels.size()-1;

  n.varNames.clear();
  n.varTypes.clear();
  n.varNames.push_back("v");
  n.varNames.push_back("rate");
  n.varTypes.push_back("double");
  n.varTypes.push_back("double");
  n.extraGlobalNeuronKernelParameters.clear();
  n.extraGlobalNeuronKernelParameterTypes.clear();
  n.pNames.clear();
  n.simCode= "// Update \"constant over DT\" subexpressions (if any)\n\
// PoissonInputs targetting this group (if any)\n\
// Update state variables and the threshold condition\n\
double _v = (DT * $(rate)) + $(v);\n\
$(v) = _v;\n\
";
  n.thresholdConditionCode= "0";
  n.resetCode= "";
  n.supportCode= "\n\
";
  nModels.push_back(n);
  plainNEURON= nModels.size()-1;

  weightUpdateModel s;
  postSynModel ps;
  model.setName("net_model");
  model.setPrecision(GENN_DOUBLE);
  model.addNeuronPopulation("cells", 4, cellsNEURON, cells_p, cells_ini);
  model.addNeuronPopulation("plain", 2, plainNEURON, plain_p, plain_ini);
  unsigned int delaySteps;
  model.finalize();
}
