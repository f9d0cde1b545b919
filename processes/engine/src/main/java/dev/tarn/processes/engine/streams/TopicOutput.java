package dev.tarn.processes.engine.streams;

import dev.tarn.processes.engine.refusal.RefusedException;
import dev.tarn.processes.engine.streams.StreamDefinition.Format;
import dev.tarn.processes.engine.streams.StreamDefinition.TopicTarget;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Writes rows as records of a topic: at least once, the rows of a key into one partition. */
final class TopicOutput implements StreamOutput {
    private static final Map<String, String> JSON_OPTIONS =
            Map.of("ignoreNullFields", "false", "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX");

    private final StreamSite site;
    private final String stream;
    private final TopicTarget target;
    private final Column value;
    private final Column key;

    /**
     * Registers the schemas where the registry has none, and creates the topic if it is not there.
     *
     * @param rows what the SQL gives
     */
    TopicOutput(StreamSite site, String stream, TopicTarget target, StructType rows) {
        this.site = site;
        this.stream = stream;
        this.target = target;
        Columns.require(stream, rows, target.key());
        Topics topics = new Topics(site);
        boolean exists = topics.findWritable(stream, target.topic());
        this.value = encode(rows, target.topic() + "-value");
        List<String> names = target.key();
        StructType keyType = new StructType(names.stream().map(rows::apply).toArray(StructField[]::new));
        this.key = names.isEmpty() ? functions.lit(null).cast("binary") : encode(keyType, target.topic() + "-key");
        if (!exists) {
            topics.create(stream, target.topic());
        }
    }

    /** The rows as records with {@code key} and {@code value}. */
    Dataset<Row> records(Dataset<Row> batch) {
        return batch.select(key.as("key"), value.as("value"));
    }

    /** The options of Spark's sink. */
    Map<String, String> options() {
        Map<String, String> options = site.sparkOptions();
        options.put("topic", target.topic());
        return options;
    }

    @Override
    public void write(Dataset<Row> batch, long id) {
        records(batch).write().format("kafka").options(options()).save();
    }

    private Column encode(StructType type, String subject) {
        SchemaRegistry.Registered schema = schema(type, subject);
        Schema avro = AvroSchemas.parse(schema.schema());
        if (avro.getType() != Schema.Type.RECORD && type.size() == 1) {
            return withHeader(
                    org.apache.spark.sql.avro.functions.to_avro(
                            functions.col("`" + type.fieldNames()[0] + "`"), schema.schema()),
                    schema.id());
        }
        StructType wanted = ReaderSchemas.type(stream, subject, schema.schema());
        List<Column> columns = new ArrayList<>(Columns.fit(stream, type, wanted, "schema '" + subject + "'"));
        Column struct = functions.struct(columns.toArray(Column[]::new));
        return target.format() == Format.JSON
                ? functions.to_json(struct, JSON_OPTIONS).cast("binary")
                : withHeader(org.apache.spark.sql.avro.functions.to_avro(struct, schema.schema()), schema.id());
    }

    private static Column withHeader(Column avro, int id) {
        byte[] header = ByteBuffer.allocate(5).put((byte) 0).putInt(id).array();
        return functions.concat(functions.lit(header), avro);
    }

    /** The registry's newest; else the one of the lake's file, or one made from the columns, which is registered. */
    private SchemaRegistry.Registered schema(StructType type, String subject) {
        return site.registry().findLatest(subject).orElseGet(() -> {
            String schema = new ReaderSchemas(site)
                    .find(subject)
                    .orElseGet(() -> OutputSchemas.of(type, subject).toString());
            try {
                return new SchemaRegistry.Registered(site.registry().register(subject, schema), schema);
            } catch (RefusedException e) {
                throw new RefusedException(
                        e.status(), e.code(), "Cannot start stream '" + stream + "'. " + e.getMessage());
            }
        });
    }
}
