package dev.tarn.processes.engine.streams;

import dev.tarn.processes.engine.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode$;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/** The columns of a result in the types of where they go. What a type cannot hold is refused, never rounded. */
final class Columns {
    private Columns() {}

    /**
     * The columns of {@code rows} that {@code target} has, in its order.
     *
     * @param where for messages: {@code table 'lake.sales'}
     */
    static List<Column> fit(String stream, StructType rows, StructType target, String where) {
        Set<String> left = new TreeSet<>(List.of(rows.fieldNames()));
        List<Column> columns = new ArrayList<>();
        for (StructField field : target.fields()) {
            if (left.remove(field.name())) {
                columns.add(fit(stream, rows.apply(field.name()), field, where));
            } else if (field.nullable()) {
                columns.add(functions.lit(null).cast(field.dataType()).as(field.name()));
            } else {
                throw refused(stream, "its SQL gives no column '" + field.name() + "', which " + where + " must have");
            }
        }
        if (!left.isEmpty()) {
            throw refused(stream, where + " has no column '" + left.iterator().next() + "'");
        }
        return columns;
    }

    private static Column fit(String stream, StructField from, StructField to, String where) {
        Column column = functions.col("`" + from.name().replace("`", "``") + "`");
        DataType given = from.dataType();
        DataType wanted = to.dataType();
        if (given.sameType(wanted)) {
            return column;
        }
        if (!Cast.canUpCast(given, wanted) && (loses(given, wanted) || !isNumber(given) || !isNumber(wanted))) {
            throw refused(
                    stream,
                    "column '" + from.name() + "' has type " + given.sql() + ", and " + where + " has " + wanted.sql());
        }
        // A number that is too large fails the batch instead of becoming null.
        return new Column(new Cast(column.expr(), wanted, Option.apply("UTC"), EvalMode$.MODULE$.ANSI()))
                .as(from.name());
    }

    private static boolean isNumber(DataType type) {
        return type instanceof IntegralType || type instanceof DecimalType;
    }

    private static boolean loses(DataType given, DataType wanted) {
        int digits = given instanceof DecimalType decimal ? decimal.scale() : 0;
        int kept = wanted instanceof DecimalType decimal ? decimal.scale() : 0;
        return digits > kept || wanted instanceof DoubleType || wanted instanceof FloatType;
    }

    /** Refuses columns that are not there. */
    static void require(String stream, StructType rows, List<String> key) {
        Set<String> names = new TreeSet<>(List.of(rows.fieldNames()));
        for (String column : key) {
            if (!names.contains(column)) {
                throw refused(
                        stream,
                        "its SQL gives no column '" + column + "' for output.key; it gives "
                                + String.join(", ", names));
            }
        }
    }

    private static RefusedException refused(String stream, String reason) {
        return new RefusedException(
                400,
                "STREAM_COLUMNS",
                "Cannot start stream '" + stream + "': " + reason
                        + ". Change the SQL, such as with CAST, or where it goes.");
    }
}
