package dev.tarn.processes.engine.streams;

import java.io.Serializable;
import java.util.List;
import java.util.StringJoiner;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.Block;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeBlock;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.EmptyBlock$;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.expressions.codegen.JavaCode;
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
 * value. Spark takes it for a function whose results differ, and so runs it once for a record. It is public for the code that
 * Spark makes of a plan.
 */
public final class DecodeEvent extends Expression implements Serializable {
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
        return decode(
                (byte[]) record.apply(0).eval(row),
                (UTF8String) record.apply(1).eval(row),
                (Integer) record.apply(2).eval(row),
                (Long) record.apply(3).eval(row),
                (Long) record.apply(4).eval(row));
    }

    /**
     * The event in a record, or null.
     *
     * @param micros the record's time, since 1970
     */
    public @Nullable InternalRow decode(
            byte @Nullable [] value, UTF8String topic, int partition, long offset, long micros) {
        if (value == null) {
            return null;
        }
        try {
            return decoder.decode(value);
        } catch (UndecodableException e) {
            bad.add(new BadEvent(
                    topic.toString(), partition, offset, micros / 1000, String.valueOf(e.getMessage()), value));
            return null;
        }
    }

    /** A call of {@link #decode}: with Spark's own fallback, what reads and what follows would not be compiled as one. */
    @Override
    public ExprCode doGenCode(CodegenContext context, ExprCode code) {
        String event = context.addReferenceObj("event", this, DecodeEvent.class.getName());
        Block block = EmptyBlock$.MODULE$;
        StringJoiner arguments = new StringJoiner(", ");
        for (Expression field : JavaConverters.seqAsJavaList(record)) {
            ExprCode part = field.genCode(context);
            block = block.$plus(part.code());
            arguments.add(
                    arguments.length() == 0
                            ? part.isNull() + " ? null : " + part.value()
                            : part.value().toString());
        }
        String call = "InternalRow " + code.value() + " = " + event + ".decode(" + arguments + ");\n" + "boolean "
                + code.isNull() + " = " + code.value() + " == null;\n";
        return code.copy(
                block.$plus(new CodeBlock(
                        JavaConverters.asScalaBuffer(List.of(call)).toSeq(),
                        JavaConverters.<JavaCode>asScalaBuffer(List.of()).toSeq())),
                code.isNull(),
                code.value());
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
