package dev.tarn.processes.engine.duckdb;

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** A query that the fast engine runs: Spark's plan of it, over tables whose files are found anew whenever it is run. */
public final class FastPlan {
    private final LogicalPlan plan;

    /** @param plan optimized, with a {@link TableLeaf} for each table */
    FastPlan(LogicalPlan plan) {
        this.plan = plan;
    }

    LogicalPlan plan() {
        return plan;
    }
}
