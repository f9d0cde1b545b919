import static org.apache.spark.sql.avro.functions.from_avro;
import static org.apache.spark.sql.avro.functions.to_avro;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.struct;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;

/**
 * What people write by hand: Spark Structured Streaming with Kafka and Avro, one known schema, no registry, no quarantine.
 * bench/streams runs it beside Tarn's stream with the same SQL on the same topic. Java compiles it as it starts it.
 *
 * <p>Arguments: Kafka's address, the file of the schema, the file of the regions, the file of the SQL, a folder for checkpoints.
 * Each line of standard input is an order, {@code stream TOPIC} or {@code batch}; the answer is a line: events and milliseconds.
 */
public final class BareStream {
    public static void main(String[] arguments) throws Exception {
        String bootstrap = arguments[0];
        String schema = Files.readString(Path.of(arguments[1]));
        String sql = Files.readString(Path.of(arguments[3]));
        SparkSession spark = SparkSession.builder()
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.shuffle.partitions", Runtime.getRuntime().availableProcessors())
                .getOrCreate();
        spark.read().option("header", "true").csv(arguments[2]).createOrReplaceTempView("regions");
        System.out.println("answer ready");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            if (order.equals("batch")) {
                sales(spark.read()
                                .format("kafka")
                                .option("kafka.bootstrap.servers", bootstrap)
                                .option("subscribe", "sales")
                                .load(),
                        schema)
                        .createOrReplaceTempView("sales");
                long start = System.nanoTime();
                int rows = spark.sql(sql).collectAsList().size();
                System.out.println("answer " + rows + " " + (System.nanoTime() - start) / 1_000_000);
            } else {
                String topic = order.substring("stream ".length());
                sales(spark.readStream()
                                .format("kafka")
                                .option("kafka.bootstrap.servers", bootstrap)
                                .option("subscribe", "sales")
                                .option("startingOffsets", "earliest")
                                .load(),
                        schema)
                        .withWatermark("timestamp", "10 minutes")
                        .createOrReplaceTempView("sales");
                StreamingQuery query = spark.sql(sql)
                        .select(
                                to_avro(struct(new Column("window_start"), new Column("region"))).as("key"),
                                to_avro(struct(new Column("*"))).as("value"))
                        .writeStream()
                        .format("kafka")
                        .option("kafka.bootstrap.servers", bootstrap)
                        .option("topic", topic)
                        .option("checkpointLocation", arguments[4] + "/" + topic)
                        .outputMode("update")
                        .trigger(Trigger.AvailableNow())
                        .start();
                query.awaitTermination();
                long events = 0;
                long millis = 0;
                for (StreamingQueryProgress progress : query.recentProgress()) {
                    if (progress.numInputRows() > 0) {
                        events += progress.numInputRows();
                        millis += progress.batchDuration();
                    }
                }
                System.out.println("answer " + events + " " + millis);
            }
        }
        spark.stop();
    }

    private static Dataset<Row> sales(Dataset<Row> topic, String schema) {
        // Five bytes name the schema.
        return topic.select(from_avro(expr("substring(value, 6)"), schema).as("sale"), new Column("timestamp"))
                .select("sale.*", "timestamp");
    }
}
