package dev.tarn.processes.engine.streams;

import dev.tarn.processes.engine.refusal.RefusedException;
import dev.tarn.processes.engine.streams.StreamDefinition.Input;
import dev.tarn.processes.engine.streams.StreamDefinition.Mode;
import dev.tarn.processes.engine.streams.StreamDefinition.TopicInput;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/** The SQL of a stream, and what Spark says of it. */
final class StreamQuery {
    private static final Set<String> STATEFUL = Set.of(
            "Aggregate",
            "Distinct",
            "Deduplicate",
            "DeduplicateWithinWatermark",
            "FlatMapGroupsWithState",
            "GlobalLimit",
            "WindowGroupLimit");

    private final StreamDefinition stream;
    private final ErrorWords words;

    StreamQuery(StreamDefinition stream, ErrorWords words) {
        this.stream = stream;
        this.words = words;
    }

    /** Its rows, over the views of the session. */
    Dataset<Row> rows(SparkSession session) {
        String sql = stream.sql().strip().replaceFirst(";\\s*$", "");
        try {
            LogicalPlan parsed = session.sessionState().sqlParser().parsePlan(sql);
            if (parsed instanceof Command || parsed instanceof ParsedStatement) {
                throw new RefusedException(
                        400,
                        "STREAM_SQL",
                        "Cannot start stream '" + stream.name() + "': its SQL is no query but a statement that changes"
                                + " something. Write a SELECT; where its rows go, output says.");
            }
            return session.sql(sql);
        } catch (RefusedException e) {
            throw e;
        } catch (Exception e) { // AnalysisException is checked, which Scala does not declare.
            throw refusal(e);
        }
    }

    /** What keeps Spark from running it, in words. */
    RefusedException refusal(Exception fault) {
        String text = words.of(fault, stream.sql());
        String start = "Cannot start stream '" + stream.name() + "': ";
        String lower = text.toLowerCase(Locale.ROOT);
        RefusedException refused;
        if (fault instanceof AnalysisException && lower.contains("watermark")) {
            refused = new RefusedException(
                    400,
                    "STREAM_WATERMARK",
                    start + "its SQL keeps rows until no later one can come, and no input says how late that is ("
                            + firstLine(text) + "). Write a watermark, such as watermark: 10 min, under inputs."
                            + topicName() + " in streams/" + stream.name() + ".yaml, and group by a window of its time;"
                            + " or write mode: update.");
        } else if (fault instanceof AnalysisException && lower.contains("output mode not supported")) {
            refused = new RefusedException(
                    400,
                    "STREAM_MODE",
                    start + "mode " + stream.mode().name().toLowerCase(Locale.ROOT) + " does not go with its SQL ("
                            + firstLine(text) + "). Write mode: "
                            + (stream.mode() == Mode.COMPLETE ? "append" : "update or complete") + " in streams/"
                            + stream.name() + ".yaml.");
        } else {
            refused = new RefusedException(400, "STREAM_SQL", start + text);
        }
        refused.initCause(fault);
        return refused;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").replaceFirst("[.;]+$", "");
    }

    private String topicName() {
        return stream.inputs().stream()
                .filter(TopicInput.class::isInstance)
                .map(Input::name)
                .findFirst()
                .orElse("");
    }

    /** Whether it remembers rows from one batch to the next. */
    static boolean isStateful(Dataset<Row> rows) {
        return rows.queryExecution().analyzed().exists(new KeepsState());
    }

    private static final class KeepsState extends AbstractFunction1<LogicalPlan, Object> {
        @Override
        public Object apply(LogicalPlan node) {
            boolean joins = node.children().size() > 1
                    && JavaConverters.seqAsJavaList(node.children()).stream().allMatch(LogicalPlan::isStreaming)
                    && node.getClass().getSimpleName().equals("Join");
            return node.isStreaming()
                    && (joins || STATEFUL.contains(node.getClass().getSimpleName()));
        }
    }

    /** What Spark's state depends on, as text. */
    String logic(boolean stateful) {
        return stateful
                ? stream.inputs() + "\n" + stream.sql().replaceAll("\\s+", " ").strip() + "\n" + stream.mode()
                : String.join(",", stream.topics());
    }
}
