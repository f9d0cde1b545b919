package dev.tarn.processes.engine.streams;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.collection.IndexedSeq;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The event in a record, or null for one that does not decode, which goes to {@link BadEvents}, and for one without a
 * value. Spark takes it for a function whose results differ, and so runs it once for a record.
 */
final class DecodeEvent extends Expression implements CodegenFallback, Serializable {
    private static final long serialVersionUID = 1L;

    private final Seq<Expression> record;
    private final EventDecoder decoder;
    private final StructType type;
    private final BadEvents bad;

    private DecodeEvent(Seq<Expression> record, EventDecoder decoder, StructType type, BadEvents bad) {
        this.record = record;
        this.decoder = decoder;
        this.type = type;
        this.bad = bad;
    }

    /** A column over the rows of Spark's source of Kafka. */
    static Column column(EventDecoder decoder, StructType type, BadEvents bad) {
        Seq<Expression> record = JavaConverters.asScalaBuffer(List.of(
                        functions.col("value").expr(),
                        functions.col("topic").expr(),
                        functions.col("partition").expr(),
                        functions.col("offset").expr(),
                        functions.col("timestamp").expr()))
                .toIndexedSeq();
        return new Column(new DecodeEvent(record, decoder, type, bad));
    }

    @Override
    public @Nullable Object eval(@Nullable InternalRow row) {
        byte[] value = (byte[]) record.apply(0).eval(row);
        if (value == null) {
            return null;
        }
        try {
            return decoder.decode(value);
        } catch (UndecodableException e) {
            bad.add(new BadEvent(
                    String.valueOf((UTF8String) record.apply(1).eval(row)),
                    (Integer) record.apply(2).eval(row),
                    (Long) record.apply(3).eval(row),
                    (Long) record.apply(4).eval(row) / 1000,
                    String.valueOf(e.getMessage()),
                    value));
            return null;
        }
    }

    @Override
    public ExprCode doGenCode(CodegenContext context, ExprCode code) {
        return CodegenFallback.super.doGenCode(context, code);
    }

    @Override
    public boolean deterministic() {
        return false;
    }

    @Override
    public boolean nullable() {
        return true;
    }

    @Override
    public DataType dataType() {
        return type;
    }

    @Override
    public Seq<Expression> children() {
        return record;
    }

    @Override
    public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
        return new DecodeEvent(children, decoder, type, bad);
    }

    // What Spark shows of a plan: the decoder holds the registry's login.
    @Override
    public int productArity() {
        return 1;
    }

    @Override
    public Object productElement(int index) {
        return record;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof DecodeEvent;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
