package dev.tarn.processes.topics.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.avro.AvroRuntimeException;
import org.jspecify.annotations.Nullable;

/** What the bytes of a key or value say: Avro by its schema's id, JSON, text, or else the bytes themselves. */
public final class EventText {
    private final WriterSchemas schemas;

    public EventText(WriterSchemas schemas) {
        this.schemas = schemas;
    }

    /**
     * What was found.
     *
     * @param value what it says; the bytes where that cannot be told
     * @param problem why it cannot; null if it can
     */
    public record Decoded(JsonNode value, @Nullable String problem) {}

    public Decoded decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            return new Decoded(JsonValues.of(null), null);
        }
        if (AvroWire.isAvro(bytes)) {
            int id = AvroWire.id(bytes);
            try {
                return new Decoded(JsonValues.of(AvroWire.decode(schemas.load(id), bytes)), null);
            } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | ClassCastException e) {
                return new Decoded(bytes(bytes), "Avro of schema " + id + " that does not decode: " + reason(e));
            }
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Decoded(json(text), null);
        } catch (CharacterCodingException e) {
            return new Decoded(bytes(bytes), null);
        }
    }

    private static JsonNode json(String text) {
        if (text.startsWith("{") || text.startsWith("[")) {
            try {
                return JsonValues.JSON.readTree(text);
            } catch (IOException e) {
                // Text that only begins like JSON.
            }
        }
        return TextNode.valueOf(text);
    }

    private static JsonNode bytes(byte[] bytes) {
        return TextNode.valueOf("0x" + HexFormat.of().formatHex(bytes));
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? "its bytes end too soon" : e.getMessage();
    }
}
