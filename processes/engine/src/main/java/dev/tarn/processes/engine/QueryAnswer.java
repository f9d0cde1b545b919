package dev.tarn.processes.engine;

import dev.tarn.processes.engine.asof.ConsistentMoment;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a query.
 *
 * @param rows values as {@link JsonValues} makes them
 * @param truncated whether there are more rows
 * @param asOf the moment that the rows show; null for now
 * @param engine that found them, fast or spark
 * @param notFast why it was Spark where it might have been the fast one; null where that was not asked
 */
record QueryAnswer(
        List<ColumnType> columns,
        List<List<@Nullable Object>> rows,
        boolean truncated,
        long millis,
        @Nullable ShownMoment asOf,
        String engine,
        @Nullable String notFast) {

    /**
     * The moment that an answer shows.
     *
     * @param at ISO 8601, UTC, with milliseconds; null where no table was read
     * @param exact whether it is the moment that was asked for
     */
    record ShownMoment(@Nullable String at, boolean exact, Map<String, ConsistentMoment.TableAt> tables) {
        static ShownMoment of(ConsistentMoment moment) {
            return new ShownMoment(
                    moment.at() == null ? null : moment.at().toString(), moment.exact(), moment.tables());
        }
    }

    /** @param type in SQL */
    record ColumnType(String name, String type) {
        static ColumnType of(StructField field) {
            return new ColumnType(field.name(), field.dataType().catalogString());
        }
    }
}
