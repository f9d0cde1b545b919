package dev.tarn.processes.topics.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.tarn.processes.topics.event.RowEvents.Format;
import dev.tarn.processes.topics.event.RowEvents.Registered;
import dev.tarn.processes.topics.kafka.Access;
import dev.tarn.processes.topics.kafka.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written to a topic is what is read from it, whatever lies in between. */
class RowEventsTest {
    private static final Schema SALE = new Schema.Parser().parse("""
        {"type":"record","name":"Sale","fields":[
          {"name":"id","type":"int"},
          {"name":"amount","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
          {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}},
          {"name":"city","type":["null","string"]},
          {"name":"currency","type":"string","default":"EUR"}]}""");
    private static final List<String> COLUMNS = List.of("id", "amount", "at", "city");
    private static final List<String> ROW = List.of("7", "5.90", "2021-05-10 13:04:06.996577+00", "");
    private static final String AS_JSON =
            "{\"id\":7,\"amount\":5.90,\"at\":\"2021-05-10T13:04:06.996577Z\",\"city\":null,\"currency\":\"EUR\"}";

    private HttpServer registry;
    private EventText text;

    @BeforeEach
    void startRegistry() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        registry.createContext("/apis/ccompat/v7/schemas/ids/", exchange -> {
            boolean known = exchange.getRequestURI().getPath().endsWith("/3");
            byte[] answer = JsonValues.JSON.writeValueAsBytes(
                    known ? Map.of("schema", SALE.toString()) : Map.of("error_code", 40403));
            exchange.sendResponseHeaders(known ? 200 : 404, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        registry.start();
        String url = "http://127.0.0.1:" + registry.getAddress().getPort();
        text = new EventText(new WriterSchemas(new Access("k:1", Map.of(), url, "", "")));
    }

    @AfterEach
    void stopRegistry() {
        registry.stop(0);
    }

    private static RowEvents events(Format format, String key) {
        return new RowEvents(COLUMNS, format, new Registered("sales-value", 3, SALE), key, null);
    }

    @Test
    void avroIsReadBackByTheIdThatItCarries() throws RowException {
        byte[] event = events(Format.AVRO, "id").value(ROW);

        assertThat(Arrays.copyOf(event, 5)).containsExactly(0, 0, 0, 0, 3);
        assertThat(text.decode(event).problem()).isNull();
        assertThat(JsonValues.text(text.decode(event).value())).isEqualTo(AS_JSON);
    }

    @Test
    void jsonSaysTheSame() throws RowException {
        RowEvents events = events(Format.JSON, "id");

        assertThat(new String(events.value(ROW), StandardCharsets.UTF_8)).isEqualTo(AS_JSON);
        assertThat(events.key(ROW)).isEqualTo("7".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void withoutASchemaEachColumnIsAText() throws RowException {
        byte[] event = new RowEvents(COLUMNS, Format.JSON, null, null, null).value(ROW);

        assertThat(new String(event, StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"7\",\"amount\":\"5.90\",\"at\":\"2021-05-10 13:04:06.996577+00\",\"city\":\"\"}");
    }

    @Test
    void keyWithASchemaIsAvroToo() throws RowException {
        Registered key = new Registered("sales-key", 3, Schema.create(Schema.Type.INT));
        byte[] event = new RowEvents(COLUMNS, Format.AVRO, new Registered("s", 3, SALE), "id", key).key(ROW);

        assertThat(event).containsExactly(0, 0, 0, 0, 3, 14);
    }

    @Test
    void badValueIsNamedWithItsColumn() {
        assertThatThrownBy(() -> events(Format.AVRO, "id").value(List.of("7", "abc", "2021-05-10", "")))
                .isInstanceOf(RowException.class)
                .hasMessage("column 'amount' has 'abc', which is no decimal(9,2)");
    }

    @Test
    void columnsThatAreMissingAreNamed() {
        assertThatThrownBy(() ->
                        new RowEvents(List.of("id", "city"), Format.AVRO, new Registered("s", 3, SALE), null, null))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("has no column amount, at, only id, city")
                .hasMessageEndingWith("[COLUMN_MISSING]");
        assertThatThrownBy(() -> events(Format.AVRO, "ID"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("'ID'")
                .hasMessageEndingWith("[COLUMN_UNKNOWN]");
    }

    @Test
    void whatDoesNotDecodeIsShownWithItsReason() throws RowException {
        byte[] whole = events(Format.AVRO, "id").value(ROW);
        byte[] cut = Arrays.copyOf(whole, 7);
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);

        assertThat(text.decode(cut).problem()).startsWith("Avro of schema 3 that does not decode: ");
        assertThat(text.decode(longer).problem()).endsWith("there are bytes behind its end");
        assertThat(text.decode(new byte[] {0, 0, 0, 0, 9, 1}).problem())
                .endsWith("the registry knows no schema of id 9");
        assertThat(text.decode(new byte[] {0, 0, 0, 0, 9, 1}).value().asText()).isEqualTo("0x000000000901");
    }

    @Test
    void textAndBytesAreShownAsTheyAre() {
        assertThat(text.decode("{\"a\":1.50}".getBytes(StandardCharsets.UTF_8))
                        .value()
                        .get("a")
                        .decimalValue())
                .hasToString("1.50");
        assertThat(text.decode("{broken".getBytes(StandardCharsets.UTF_8))
                        .value()
                        .asText())
                .isEqualTo("{broken");
        assertThat(text.decode(new byte[] {(byte) 0xff}).value().asText()).isEqualTo("0xff");
        assertThat(text.decode(null).value().isNull()).isTrue();
    }
}
