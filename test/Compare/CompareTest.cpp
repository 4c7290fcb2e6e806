//===- test/Compare/CompareTest.cpp - Same and different models -----------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compare/Compare.h"
#include "Compare/Equality.h"
#include "Expr/Text.h"
#include "gtest/gtest.h"

using namespace brian2lift;

namespace {

Verdict verdict(llvm::StringRef Left, llvm::StringRef Right) {
  ExprArena A;
  return Equality(A, 1e-15).compare(*parseBrian(A, Left),
                                    *parseBrian(A, Right));
}

struct Pair {
  const char *Left, *Right;
};

TEST(Equality, SeesTheSameInAnyForm) {
  const Pair Same[] = {
      {"-(v - El)/tau", "El/tau - v/tau"},
      {"(a + b)**2", "a**2 + 2*a*b + b**2"},
      {"exp(a + b)", "exp(a)*exp(b)"},
      {"sin(6.283185307179586*f*t)", "sin(6.2831853071795865*f*t)"},
      {"exp((v - VT)/(2*mV))", "exp(v/(2*mV))*exp(-VT/(2*mV))"},
      {"x/exprel(x)", "x**2/(exp(x) - 1)"},
      {"sqrt(x)*sqrt(x)*xi", "x*xi"},
      {"log(x*y)", "log(x) + log(y)"},
      {"abs(-x)", "abs(x)"},
      // Conditions.
      {"v > -50*mV", "-50*mV < v"},
      {"v > a", "2*v - 2*a > 0"},
      {"v > 0*mV", "v > 0"},
      {"not v > a", "v <= a"},
      {"v == a", "a - v == 0"},
      {"a > 1 or b > 2", "not (not b > 2 and not a > 1)"},
      {"b and c > 1", "c > 1 and b"},
      {"int(v > a)*x", "x*int(a - v < 0)"},
      {"(a if v > 1 else b)", "(b if v <= 1 else a)"},
      // Functions that jump, and such as nobody knows.
      {"floor(a*(b + 1))", "floor(a*b + a)"},
      {"clip(2*x, 0, 1)", "clip(x + x, 0, 1)"},
      {"_timedarray(t + t)", "_timedarray(2*t)"},
      {"rand()*x", "x*rand()"},
  };
  for (const Pair &P : Same)
    EXPECT_EQ(verdict(P.Left, P.Right), Verdict::Same)
        << P.Left << " | " << P.Right;
}

TEST(Equality, SeesEveryChange) {
  const Pair Changed[] = {
      {"-(v - El)/tau", "-(v - El)/(2*tau)"},
      {"-(v - El)/tau", "(v - El)/tau"},
      {"(v - El)/tau", "(El - tau)/v"},
      {"0.1*x + 1", "0.1000000001*x + 1"},
      {"exp((v - VT)/DT) + I", "exp((v - VT)/DT) + 1.01*I"},
      {"sin(2*f*t)", "sin(2.00001*f*t)"},
      {"x + xi", "x - xi"},
      {"sqrt(x**2)", "x"}, // not where x is negative
      {"abs(x)", "x"},
      {"v > -50*mV", "v > -50.0001*mV"},
      {"v > a", "v >= a"},
      {"v > a", "v < a"},
      {"v > a and w > b", "v > a or w > b"},
      {"int(v > a)*x", "int(v > 1.0001*a)*x"},
      {"(a if v > 1 else b)", "(a if v > 1.1 else b)"},
      {"floor(x*10)", "floor(x*10.0001)"},
      {"clip(x, 0, 1)", "clip(x, 0, 1.001)"},
      {"x % 2", "x % 3"},
      {"_timedarray(t)", "_timedarray(t + 1e-6)"},
      {"_timedarray(t)", "_timedarray_1(t)"},
      {"rand()", "randn()"},
      {"active", "not active"},
      {"v > a", "active"},
  };
  for (const Pair &P : Changed)
    EXPECT_EQ(verdict(P.Left, P.Right), Verdict::Different)
        << P.Left << " | " << P.Right;
}

TEST(Equality, SaysWhenItCannotTell) {
  EXPECT_EQ(verdict("log(-x**2 - 1)", "log(-2*x**2 - 1)"), Verdict::Undecided);
}

Fact known(llvm::StringRef Text) {
  Fact F;
  F.IsThere = true;
  F.Text = Text.str();
  return F;
}

Fact value(double Value, llvm::StringRef Text) {
  Fact F = known(Text);
  F.Value = Value;
  return F;
}

Fact lost(llvm::StringRef Because) {
  Fact F;
  F.IsThere = true;
  F.Status = "unrecoverable";
  F.Because = Because.str();
  return F;
}

EquationFacts equation(llvm::StringRef Name, llvm::StringRef Right,
                       llvm::StringRef Type = "differential equation") {
  EquationFacts E;
  E.Name = Name.str();
  E.Type = Type.str();
  E.Dtype = "float";
  E.Right = known(Right);
  E.Right.Place = {"code_objects/x.cpp", 7, 9};
  E.Unit = known("V");
  return E;
}

EquationFacts outlined(llvm::StringRef Name, llvm::StringRef Right) {
  EquationFacts E = equation(Name, Right, "subexpression");
  E.Right.Status = "assumed";
  return E;
}

/// A leaky neuron, to be changed.
ModelFacts neuron() {
  GroupFacts G;
  G.Class = "neurongroup";
  G.Name = "neurongroup";
  G.N = value(10, "10");
  G.Method = known("euler");
  G.Dt = value(1e-4, "100. us");
  G.Equations = {equation("v", "-(v - El)/tau")};
  G.Equations[0].Flags = {"unless refractory"};
  G.Identifiers = {{"El", value(-0.07, "-70. mV")},
                   {"tau", value(0.01, "10. ms")}};
  EventFacts Spike;
  Spike.Name = "spike";
  Spike.Threshold = known("v > El + 20*mV");
  Spike.Reset = known("v = El\nw += 1");
  Spike.Refractory = known("2. ms");
  G.Events = {Spike};
  G.Identifiers.push_back({"mV", value(0.001, "mV")});
  RunFacts R;
  R.Duration = value(0.1, "100. ms");
  R.Groups = {G};
  return {{R}};
}

std::string compared(const ModelFacts &Old, const ModelFacts &New) {
  Diagnostics Found;
  compareModels(Old, New, Found);
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  for (const Diagnostic &D : Found.all())
    print(OS, D, "-");
  return Text;
}

/// What is reported when `Change` has been done to the neuron.
std::string after(llvm::function_ref<void(GroupFacts &)> Change) {
  ModelFacts New = neuron();
  Change(New.Runs[0].Groups[0]);
  return compared(neuron(), New);
}

TEST(Compare, NothingDiffersFromItself) {
  EXPECT_EQ(compared(neuron(), neuron()), "");
}

TEST(Compare, EquationsByAlgebraWithPlaces) {
  EXPECT_EQ(after([](GroupFacts &G) {
              G.Equations[0].Right.Text = "El/tau - v/tau";
            }),
            "");
  EXPECT_EQ(after([](GroupFacts &G) {
              G.Equations[0].Right.Text = "-(v - El)/(2*tau)";
            }),
            "code_objects/x.cpp:7:9: warning: neurongroup.v: -(v - El)/tau "
            "became -(v - El)/(2*tau) [equation-differs]\n");
}

TEST(Compare, NamedPartsAreWhatTheyStandFor) {
  EXPECT_EQ(after([](GroupFacts &G) {
              G.Equations[0].Right.Text = "v_inf - v/tau";
              G.Equations.push_back(outlined("v_inf", "e/2"));
              G.Equations.push_back(outlined("e", "2*El/tau"));
            }),
            "");
}

TEST(Compare, AChangedPartIsNamedOnce) {
  ModelFacts Old = neuron(), New = neuron();
  for (ModelFacts *M : {&Old, &New}) {
    GroupFacts &G = M->Runs[0].Groups[0];
    G.Equations[0].Right.Text = "alpha - v";
    G.Equations.push_back(outlined("alpha", M == &Old ? "exp(v)" : "exp(2*v)"));
    G.Equations.push_back(outlined("beta", "v"));
  }
  EXPECT_EQ(compared(Old, New),
            "code_objects/x.cpp:7:9: warning: neurongroup.alpha: exp(v) became "
            "exp(2*v) [equation-differs]\n");
}

TEST(Compare, ConstantsByValue) {
  EXPECT_EQ(after([](GroupFacts &G) {
              G.Identifiers[1].Value = value(0.02, "20. ms");
            }),
            "-: warning: neurongroup.tau: 10. ms became 20. ms "
            "[constant-differs]\n");
  // Another name for the same value is the same model.
  EXPECT_EQ(after([](GroupFacts &G) {
              G.Identifiers[1].Name = "tau_m";
              G.Equations[0].Right.Text = "-(v - El)/tau_m";
            }),
            "");
}

TEST(Compare, ValuesInPlaceOfNames) {
  auto Inline = [](const char *Right) {
    return after([&](GroupFacts &G) {
      G.Identifiers.clear();
      G.HasIdentifiers = false;
      G.Equations[0].Right.Text = Right;
      G.Events[0].Threshold.Text = "v > -0.05";
      G.Events[0].Reset.Text = "v = -0.07\nw += 1";
    });
  };
  const std::string Note =
      "-: note: neurongroup.names of constants: not compared, their values "
      "stand in the code in their place, and are compared [not-comparable]\n";
  EXPECT_EQ(Inline("100*(-0.07 - v)"), Note);
  EXPECT_EQ(Inline("100*(-0.071 - v)"),
            "code_objects/x.cpp:7:9: warning: neurongroup.v: -(v - El)/tau "
            "became 100*(-0.071 - v) [equation-differs]\n" +
                Note);
}

TEST(Compare, EventsByWhatTheyDo) {
  EXPECT_EQ(after([](GroupFacts &G) {
              G.Events[0].Threshold.Text = "v - El > 20*mV";
              G.Events[0].Reset.Text = "w = 1 + w\nv = El";
              G.Events[0].Refractory.Text = "2*mV/0.5/0.5*0.25";
            }),
            "");
  EXPECT_EQ(after([](GroupFacts &G) { G.Events[0].Threshold.Text = "v > El"; }),
            "-: warning: neurongroup.threshold: v > El + 20*mV became v > El "
            "[event-differs]\n");
  EXPECT_EQ(after([](GroupFacts &G) { G.Events[0].Reset.Text = "v = El"; }),
            "");
  EXPECT_EQ(after([](GroupFacts &G) {
              G.Equations.push_back(equation("w", "", "parameter"));
              G.Equations.back().Right = {};
              G.Events[0].Reset.Text = "v = El";
            }),
            "-: warning: neurongroup.w is new [part-added]\n"
            "-: warning: neurongroup.reset: v = El; w += 1 became v = El "
            "[event-differs]\n");
  EXPECT_EQ(after([](GroupFacts &G) { G.Events[0].Refractory.Text = "3. ms"; }),
            "-: warning: neurongroup.refractory: 2. ms became 3. ms "
            "[event-differs]\n");
  EXPECT_EQ(after([](GroupFacts &G) { G.Events[0].Reset = {}; }),
            "-: warning: neurongroup.reset: v = El; w += 1 became nothing "
            "[event-differs]\n");
  EXPECT_EQ(after([](GroupFacts &G) { G.Events[0].Name = "other"; }),
            "-: warning: neurongroup.event spike is gone [part-removed]\n"
            "-: warning: neurongroup.event other is new [part-added]\n");
}

TEST(Compare, TheRestByValue) {
  EXPECT_EQ(after([](GroupFacts &G) {
              G.N = value(11, "11");
              G.Method = known("rk4");
              G.Dt = value(2e-4, "200. us");
              G.Equations[0].Flags = {};
              G.Equations[0].Unit = known("A");
              G.Others.push_back({"Cm", value(0.01, "0.01")});
            }),
            "-: warning: neurongroup.N: 10 became 11 [group-differs]\n"
            "code_objects/x.cpp:7:9: warning: neurongroup.v: (unless "
            "refractory) became no flags [equation-differs]\n"
            "-: warning: neurongroup.v: unit V became A [unit-differs]\n"
            "-: warning: neurongroup.method: euler became rk4 [group-differs]\n"
            "-: warning: neurongroup.dt: 100. us became 200. us "
            "[clock-differs]\n"
            "-: warning: neurongroup.Cm is new [part-added]\n");
}

TEST(Compare, MethodsWithTheSameCode) {
  EXPECT_EQ(after([](GroupFacts &G) {
              G.Method = known("exact");
              G.Method.Status = "ambiguous";
              G.Method.Alternatives = {"euler"};
            }),
            "");
}

TEST(Compare, WhatIsNotKnownIsANote) {
  EXPECT_EQ(after([](GroupFacts &G) {
              G.N = lost("no array says it");
              G.Equations[0].Unit = lost("");
            }),
            "-: note: neurongroup.N: not compared, the new side does not know "
            "it: no array says it [not-comparable]\n"
            "-: note: neurongroup.units of v: not compared, one side does not "
            "know them, or assumes them [not-comparable]\n");
}

TEST(Compare, RunsAndGroups) {
  ModelFacts New = neuron();
  New.Runs[0].Duration = value(0.2, "200. ms");
  New.Runs[0].Groups[0].Name = "cells";
  New.Runs.push_back(New.Runs[0]);
  EXPECT_EQ(compared(neuron(), New),
            "-: warning: number of runs: 1 became 2 [run-differs]\n"
            "-: warning: duration of run 1: 100. ms became 200. ms "
            "[run-differs]\n"
            "-: warning: neurongroup neurongroup is gone [part-removed]\n"
            "-: warning: neurongroup cells is new [part-added]\n");
  // What differs in each run is said once.
  ModelFacts Old = neuron();
  New = neuron();
  New.Runs[0].Groups[0].N = value(11, "11");
  Old.Runs.push_back(Old.Runs[0]);
  New.Runs.push_back(New.Runs[0]);
  EXPECT_EQ(compared(Old, New),
            "-: warning: neurongroup.N: 10 became 11 [group-differs]\n");
}

} // namespace
