package dev.tarn.processes.engine.mirror;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/** The session extension: every analyzed statement is looked at before it runs. */
public final class MirrorGuard extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        extensions.injectCheckRule(new AbstractFunction1<>() {
            @Override
            public scala.Function1<LogicalPlan, BoxedUnit> apply(SparkSession session) {
                return new Check(session);
            }
        });
        return BoxedUnit.UNIT;
    }

    private static final class Check extends AbstractFunction1<LogicalPlan, BoxedUnit> {
        private final SparkSession session;

        Check(SparkSession session) {
            this.session = session;
        }

        @Override
        public BoxedUnit apply(LogicalPlan plan) {
            plan.foreach(new AbstractFunction1<LogicalPlan, BoxedUnit>() {
                @Override
                public BoxedUnit apply(LogicalPlan node) {
                    if (node instanceof Command || node instanceof ParsedStatement) {
                        ChangeTargets targets = ChangeTargets.of(node);
                        if (!targets.isEmpty()) {
                            check(targets);
                        }
                    }
                    return BoxedUnit.UNIT;
                }
            });
            return BoxedUnit.UNIT;
        }

        private void check(ChangeTargets targets) {
            MirroredTables mirrored = MirroredTables.of(session);
            for (String database : targets.databases()) {
                mirrored.findIn(database).ifPresent(table -> {
                    throw new TableMirrorException("Cannot drop database '" + database + "': it holds table '"
                            + table.name() + "', which mirrors " + table.source()
                            + ". Drop the tables of the lake's own one by one.");
                });
            }
            for (TableIdentifier name : targets.tables()) {
                mirrored.find(name).ifPresent(Check::refuse);
                refuseFolder(mirrored, mirrored.pathOf(name));
            }
            // A procedure takes a table's name or a path as plain text.
            for (String text : targets.texts()) {
                mirrored.findNamed(text).ifPresent(Check::refuse);
            }
            targets.paths().forEach(path -> refuseFolder(mirrored, Optional.of(path)));
        }

        private static void refuse(MirroredTables.Mirror table) {
            throw new TableMirrorException("Cannot change table '" + table.name() + "': it mirrors " + table.source()
                    + ", and Tarn's writer alone writes it, so the change would be lost or break the mirror. Change the"
                    + " row in the source, or make a table of the lake's own from it: CREATE TABLE … AS SELECT ….");
        }

        private static void refuseFolder(MirroredTables mirrored, Optional<String> path) {
            path.flatMap(mirrored::findAt).ifPresent(table -> {
                throw new TableMirrorException("Cannot change '" + path.orElseThrow() + "': table '" + table.name()
                        + "', which mirrors " + table.source() + ", lies there. Give a table of the lake's own another"
                        + " LOCATION.");
            });
        }
    }
}
