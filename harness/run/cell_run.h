#pragma once

#include "harness/run/cell_place.h"
#include "harness/run/evidence_collector.h"
#include "harness/run/record.h"
#include "harness/run/run_settings.h"
#include "harness/scenario/scenario.h"

namespace timewait {

/// Plays the cell of `place` in the sandbox of the caller, who must be its first process, and
/// judges it. Never throws: what goes wrong is in the record. `source` is where segments come from,
/// null when no evidence is wanted.
Record run_cell(const Scenario& scenario, const CellPlace& place, const RunSettings& settings,
                CaptureSource* source);

/// The record of a cell before anything happened.
Record blank_record(const Scenario& scenario, const Cell& cell, Isolation isolation);

}  // namespace timewait
