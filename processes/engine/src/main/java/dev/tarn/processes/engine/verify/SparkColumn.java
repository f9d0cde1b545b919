package dev.tarn.processes.engine.verify;

import dev.tarn.analyze.verify.CanonicalRow;
import dev.tarn.analyze.verify.ColumnForm;
import dev.tarn.analyze.verify.ValueForm;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/** Brings the values of one column, as Spark keeps them, into their form. */
record SparkColumn(DataType type, ColumnForm form) {

    /** Adds a row's value to its canonical form. */
    void add(SpecializedGetters row, int place, CanonicalRow to) {
        if (row.isNullAt(place)) {
            to.addNull();
        } else if (type instanceof StringType && form.value().isLakeTextAsWritten()) {
            byte[] utf8 = row.getUTF8String(place).getBytes();
            to.add(utf8, 0, utf8.length);
        } else {
            to.add(text(row, place, type));
        }
    }

    /** A row's value in its form; null for none. */
    @Nullable
    String text(SpecializedGetters row, int place) {
        return row.isNullAt(place) ? null : text(row, place, type);
    }

    private String text(SpecializedGetters values, int place, DataType of) {
        if (of instanceof StringType) {
            return form.value().ofLakeText(values.getUTF8String(place).toString());
        } else if (of instanceof IntegerType) {
            return Integer.toString(values.getInt(place));
        } else if (of instanceof LongType) {
            return Long.toString(values.getLong(place));
        } else if (of instanceof DecimalType decimal) {
            return ValueForm.ofDecimal(values.getDecimal(place, decimal.precision(), decimal.scale())
                    .toJavaBigDecimal());
        } else if (of instanceof TimestampType) {
            return ValueForm.ofTimestamp(values.getLong(place));
        } else if (of instanceof DateType) {
            return ValueForm.ofDate(values.getInt(place));
        } else if (of instanceof BooleanType) {
            return ValueForm.ofBoolean(values.getBoolean(place));
        } else if (of instanceof DoubleType) {
            return ValueForm.ofDouble(values.getDouble(place));
        } else if (of instanceof FloatType) {
            return ValueForm.ofFloat(values.getFloat(place));
        } else if (of instanceof BinaryType) {
            return form.value().ofBytes(values.getBinary(place));
        } else if (of instanceof ArrayType array) {
            return list(values.getArray(place), array.elementType());
        }
        throw new IllegalArgumentException("no form of " + of.sql());
    }

    private String list(ArrayData array, DataType element) {
        List<@Nullable String> elements = new ArrayList<>();
        for (int i = 0; i < array.numElements(); i++) {
            elements.add(array.isNullAt(i) ? null : text(array, i, element));
        }
        return ColumnForm.ofElements(elements);
    }
}
