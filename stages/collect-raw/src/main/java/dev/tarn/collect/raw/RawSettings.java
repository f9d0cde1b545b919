package dev.tarn.collect.raw;

import dev.tarn.collect.raw.storage.HadoopStore;
import dev.tarn.collect.raw.storage.LocalStore;
import dev.tarn.collect.raw.storage.RawStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.file.CodecFactory;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/**
 * The settings of a raw sink.
 *
 * @param name of the connector
 * @param path where the files go: a directory, or a URI
 * @param flushRecords a partition's files are finished at this many records
 * @param flushInterval or when the first record in them is this old
 * @param registryUrl where the registry listens, without the path of an API
 * @param codec an Avro codec
 * @param retries how often in a row writing may fail before the task gives up
 * @param drafts the local folder of drafts when the files go elsewhere
 * @param hadoop Hadoop's own settings, for an object store
 */
record RawSettings(
        String name,
        URI path,
        int flushRecords,
        Duration flushInterval,
        Tombstones tombstones,
        String registryUrl,
        String codec,
        int retries,
        Path drafts,
        Map<String, String> hadoop) {
    static final String PATH = "raw.path";
    static final String FLUSH_RECORDS = "raw.flush.records";
    static final String FLUSH_INTERVAL = "raw.flush.interval.ms";
    static final String TOMBSTONES = "raw.tombstones";
    static final String REGISTRY = "raw.registry.url";
    static final String CODEC = "raw.codec";
    static final String RETRIES = "raw.retries";
    static final String DRAFTS = "raw.drafts.path";
    static final String HADOOP_PREFIX = "raw.hadoop.";

    static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    PATH,
                    Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ConfigDef.LambdaValidator.with(RawSettings::checkPath, () -> "a directory or URI"),
                    Importance.HIGH,
                    "Where the files go: an absolute directory, a file: URI or s3a://bucket/prefix.")
            .define(
                    REGISTRY,
                    Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ConfigDef.LambdaValidator.with(RawSettings::checkRegistry, () -> "an http address"),
                    Importance.HIGH,
                    "Where the schema registry listens, such as http://127.0.0.1:8080, without the path of an API.")
            .define(
                    FLUSH_RECORDS,
                    Type.INT,
                    10_000,
                    Range.atLeast(1),
                    Importance.MEDIUM,
                    "A partition's files are finished at this many records.")
            .define(
                    FLUSH_INTERVAL,
                    Type.LONG,
                    60_000L,
                    Range.atLeast(1),
                    Importance.MEDIUM,
                    "A partition's files are finished when their first record came this long ago.")
            .define(
                    TOMBSTONES,
                    Type.STRING,
                    "keep",
                    ValidString.in("keep", "drop"),
                    Importance.MEDIUM,
                    "Whether records without a value are kept, in the folder tombstones, or left out.")
            .define(
                    CODEC,
                    Type.STRING,
                    "zstandard",
                    ValidString.in("zstandard", "snappy", "deflate", "null"),
                    Importance.LOW,
                    "The compression of the files.")
            .define(
                    RETRIES,
                    Type.INT,
                    10,
                    Range.atLeast(0),
                    Importance.LOW,
                    "How often in a row writing may fail, with pauses of 1 to 60 s, before the task gives up.")
            .define(
                    DRAFTS,
                    Type.STRING,
                    "",
                    Importance.LOW,
                    "The local folder of files that are being written, if raw.path is not a directory. Default: the"
                            + " system's folder for temporary files.");

    RawSettings {
        hadoop = Map.copyOf(hadoop);
    }

    /** @throws ConfigException if a value does not fit */
    static RawSettings of(Map<String, String> properties) {
        AbstractConfig config = new AbstractConfig(DEFINITION, properties, false);
        String name = properties.getOrDefault("name", "raw-sink");
        String drafts = config.getString(DRAFTS);
        return new RawSettings(
                name,
                uri(config.getString(PATH)),
                config.getInt(FLUSH_RECORDS),
                Duration.ofMillis(config.getLong(FLUSH_INTERVAL)),
                Tombstones.valueOf(config.getString(TOMBSTONES).toUpperCase(Locale.ROOT)),
                config.getString(REGISTRY),
                config.getString(CODEC),
                config.getInt(RETRIES),
                drafts.isEmpty()
                        ? Path.of(System.getProperty("java.io.tmpdir"), "tarn-raw-" + name)
                        : Path.of(drafts, name),
                hadoop(properties));
    }

    private static Map<String, String> hadoop(Map<String, String> properties) {
        Map<String, String> hadoop = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(HADOOP_PREFIX)) {
                hadoop.put(key.substring(HADOOP_PREFIX.length()), value);
            }
        });
        return hadoop;
    }

    private static URI uri(String path) {
        return path.startsWith("/") ? Path.of(path).toUri() : URI.create(path);
    }

    private static void checkPath(String key, Object value) {
        String path = String.valueOf(value);
        try {
            URI uri = uri(path);
            boolean directory = "file".equals(uri.getScheme()) && uri.getPath() != null;
            boolean bucket = "s3a".equals(uri.getScheme()) && uri.getAuthority() != null;
            if (!directory && !bucket) {
                throw new ConfigException(key, path, "write an absolute directory, a file: URI or s3a://bucket/prefix");
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key, path, "it is no URI: " + e.getMessage());
        }
    }

    private static void checkRegistry(String key, Object value) {
        String url = String.valueOf(value);
        if (!url.matches("https?://[^/\\s]+/*")) {
            throw new ConfigException(key, url, "write scheme, host and port alone, such as http://127.0.0.1:8080");
        }
    }

    CodecFactory codecFactory() {
        return CodecFactory.fromString(codec);
    }

    /** Opens the place of the files. Only a place that is no directory needs Hadoop's classes. */
    RawStore openStore() throws IOException {
        return path.getScheme().equals("file") ? new LocalStore(Path.of(path)) : HadoopStore.open(path, hadoop, drafts);
    }
}
