package dev.tarn.processes.engine.streams;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.catalyst.json.JacksonParser;
import org.apache.spark.sql.catalyst.util.BadRecordException;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.immutable.Map$;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;

/** Events in JSON: objects with the fields of the topic's schema; decimals are read digit by digit. */
final class JsonEvents implements EventDecoder {
    private static final long serialVersionUID = 1L;

    private final StructType type;
    private transient @Nullable JacksonParser parser;

    JsonEvents(StructType type) {
        this.type = type;
    }

    @Override
    public InternalRow decode(byte[] value) throws UndecodableException {
        if (parser == null) {
            JSONOptions options = new JSONOptions(Map$.MODULE$.<String, String>empty(), "UTC", "");
            parser = new JacksonParser(
                    type.asNullable(),
                    options,
                    false,
                    JavaConverters.asScalaBuffer(List.<Filter>of()).toSeq());
        }
        InternalRow row;
        try {
            Iterator<InternalRow> rows =
                    parser.parse(value, new Open(), new Shown()).iterator();
            row = rows.hasNext() ? rows.next() : null;
        } catch (Exception e) { // BadRecordException is checked, which Scala does not declare.
            Throwable cause = e instanceof BadRecordException bad ? bad.cause() : e;
            throw new UndecodableException("it does not decode as JSON: " + cause.getMessage(), e);
        }
        if (row == null) {
            throw new UndecodableException("it is not an object of JSON", null);
        }
        StructField[] fields = type.fields();
        for (int i = 0; i < fields.length; i++) {
            if (row.isNullAt(i) && !fields[i].nullable()) {
                throw new UndecodableException("field '" + fields[i].name() + "' is missing", null);
            }
        }
        return row;
    }

    private static final class Open extends AbstractFunction2<JsonFactory, byte[], JsonParser> {
        @Override
        public JsonParser apply(JsonFactory factory, byte[] value) {
            try {
                return factory.createParser(value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Shown extends AbstractFunction1<byte[], UTF8String> {
        @Override
        public UTF8String apply(byte[] value) {
            return UTF8String.fromBytes(value);
        }
    }
}
