//===- Emit/Texts.h - The words that all outputs share ------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a value is called and how it is written, whatever the output: `10. ms`
// is the text of a constant in the JSON, in Markdown and on the page.
//
//===----------------------------------------------------------------------===//

#ifndef BRIAN2LIFT_EMIT_TEXTS_H
#define BRIAN2LIFT_EMIT_TEXTS_H

#include "Model/Model.h"

namespace brian2lift {

/// `recovered`, `inferred`, ...
llvm::StringRef text(Evidence::Status S);
/// The collector's words, `differential equation`; empty when not known.
llvm::StringRef text(ModelEquation::Kind K);
/// The collector's words for Brian2's dtypes; empty when not known.
llvm::StringRef text(ScalarType T);
/// `file:line:column`.
std::string text(const SourcePlace &P);

/// A range as pip writes it, `>=2.9,<2.10`, with how it is known; empty where
/// nothing bounds it.
std::pair<std::string, Evidence> versionText(const VersionRange &R);

/// The unit of Brian2, or physical constant, that this constant is by its name
/// and its value.
std::optional<BrianUnit> unitOf(const ModelIdentifier &I);
double valueOf(const ModelIdentifier &I);
bool isInteger(const ModelIdentifier &I);
/// `10. ms`, `mV`, `1000`, `True`.
std::string valueText(const ModelIdentifier &I);

/// `100. us`; empty when not known.
std::string durationText(std::optional<double> Seconds);
/// `2. ms` for a literal time, else an expression; empty when lost.
std::string refractoryText(const Refractoriness &R, const NameRanks *Ranks);
/// `v += w`.
std::string statementText(const ModelStatement &S, const NameRanks *Ranks);
/// One statement a line.
std::string statementsText(const std::vector<ModelStatement> &Code,
                           const NameRanks *Ranks);
/// The value that all compartments share; empty when there is none.
std::string valueText(const CompartmentArray &A);
/// How that value is known, or why there is none.
Evidence evidenceOf(const CompartmentArray &A);
/// `euler`, `unknown` for an author's own, empty for none.
std::string methodText(const NeuronGroup &G);

/// Brian2's text as on paper: `10. ms` is `10 ms`, `5. us` has a Greek mu, and
/// `m^-2` is raised.
std::string readableQuantity(llvm::StringRef Text);

} // namespace brian2lift

#endif // BRIAN2LIFT_EMIT_TEXTS_H
