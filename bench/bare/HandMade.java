import static org.apache.spark.sql.avro.functions.from_avro;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;

/**
 * What people wire by hand: Debezium's topic of a table, Spark Structured Streaming, and in foreachBatch the last change of each
 * row, upserted into a table of Hudi, of the same kind as Tarn's. bench/handmade measures it. Java compiles it as it starts it.
 *
 * <p>Arguments: Kafka's address, the topic, the file of its schema, a folder for table and checkpoints, the type of Hudi's index.
 * Each line of standard input is an order, answered by one line: {@code load} takes what is in the topic as new rows,
 * {@code start} and {@code stop} a stream of changes, {@code query SQL} gives the first row. Each batch of the stream is told as
 * {@code batch OFFSET MILLIS ROWS}: the offset that it reaches, and when it was committed, since 1970.
 */
public final class HandMade {
    private static final Pattern END = Pattern.compile("\"0\":(\\d+)");

    private final SparkSession spark;
    private final String[] arguments;
    private final Map<Long, Long> committed = new ConcurrentHashMap<>();

    private HandMade(SparkSession spark, String[] arguments) {
        this.spark = spark;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) throws Exception {
        SparkSession spark = SparkSession.builder()
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .config("spark.kryo.registrator", "org.apache.spark.HoodieSparkKryoRegistrar")
                .config("spark.sql.extensions", "org.apache.spark.sql.hudi.HoodieSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.hudi.catalog.HoodieCatalog")
                .config("spark.sql.shuffle.partitions", Runtime.getRuntime().availableProcessors())
                .getOrCreate();
        new HandMade(spark, arguments).obey();
        spark.stop();
    }

    private void obey() throws Exception {
        spark.streams().addListener(new Batches());
        System.out.println("answer ready");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        StreamingQuery query = null;
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String answer = order;
            if (order.equals("load")) {
                long start = System.nanoTime();
                StreamingQuery load = start("bulk_insert", Trigger.AvailableNow());
                load.awaitTermination();
                long rows = 0;
                for (StreamingQueryProgress progress : load.recentProgress()) {
                    rows += progress.numInputRows();
                }
                answer = rows + " " + (System.nanoTime() - start) / 1_000_000;
            } else if (order.equals("start")) {
                query = start("upsert", Trigger.ProcessingTime(0));
            } else if (order.equals("stop")) {
                query.stop();
            } else {
                spark.read()
                        .format("hudi")
                        .load(table())
                        // Debezium's time with a zone is microseconds, and its schema in Avro does not say so.
                        .withColumn("sold_at", expr("timestamp_micros(CAST(sold_at AS bigint))"))
                        .createOrReplaceTempView("sales");
                answer = spark.sql(order.substring("query ".length())).first().mkString(" ");
            }
            System.out.println("answer " + answer);
        }
    }

    private String table() {
        return arguments[3] + "/table";
    }

    private StreamingQuery start(String operation, Trigger trigger) throws Exception {
        String schema = Files.readString(Path.of(arguments[2]));
        return spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", arguments[0])
                .option("subscribe", arguments[1])
                .option("startingOffsets", "earliest")
                .load()
                .where("value IS NOT NULL")
                // Five bytes name the schema.
                .select(from_avro(expr("substring(value, 6)"), schema).as("row"))
                .select("row.*")
                .writeStream()
                .foreachBatch((Dataset<Row> batch, Long id) -> write(batch, id, operation))
                .option("checkpointLocation", arguments[3] + "/checkpoint")
                .trigger(trigger)
                .start();
    }

    private void write(Dataset<Row> changes, long id, String operation) {
        Dataset<Row> latest = changes;
        if (operation.equals("upsert")) {
            latest = changes.groupBy("id")
                    .agg(max_by(struct(new Column("*")), new Column("__lsn")).as("row"))
                    .select("row.*");
        }
        latest.withColumn("_hoodie_is_deleted", expr("__op = 'd'"))
                .write()
                .format("hudi")
                .option("hoodie.table.name", "sales")
                .option("hoodie.datasource.write.table.type", "MERGE_ON_READ")
                .option("hoodie.datasource.write.operation", operation)
                .option("hoodie.datasource.write.recordkey.field", "id")
                .option("hoodie.datasource.write.partitionpath.field", "region")
                .option("hoodie.table.ordering.fields", "__lsn")
                .option("hoodie.index.type", arguments[4])
                .option("hoodie.metadata.record.index.enable", String.valueOf(arguments[4].equals("RECORD_INDEX")))
                .option("hoodie.metadata.global.record.level.index.enable", String.valueOf(arguments[4].equals("RECORD_INDEX")))
                .option("hoodie.record.index.update.partition.path", "true")
                .option("hoodie.simple.index.update.partition.path", "true")
                .option("hoodie.bulkinsert.shuffle.parallelism", Runtime.getRuntime().availableProcessors())
                .option("hoodie.upsert.shuffle.parallelism", Runtime.getRuntime().availableProcessors())
                .mode(SaveMode.Append)
                .save(table());
        committed.put(id, System.currentTimeMillis());
    }

    /** Tells of each batch when Spark does. */
    private final class Batches extends StreamingQueryListener {
        @Override
        public void onQueryStarted(QueryStartedEvent event) {}

        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            StreamingQueryProgress progress = event.progress();
            Matcher end = END.matcher(String.valueOf(progress.sources()[0].endOffset()));
            Long at = committed.remove(progress.batchId());
            if (progress.numInputRows() > 0 && at != null && end.find()) {
                System.out.println("batch " + end.group(1) + " " + at + " " + progress.numInputRows());
            }
        }

        @Override
        public void onQueryTerminated(QueryTerminatedEvent event) {
            if (event.exception().isDefined()) {
                System.err.println("The stream has failed: " + event.exception().get());
            }
        }
    }
}
