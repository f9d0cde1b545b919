package dev.tarn.processes.topics.tail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.processes.topics.event.JsonValues;
import dev.tarn.processes.topics.kafka.Access;
import dev.tarn.processes.topics.kafka.Topics;
import java.io.PrintStream;

/** Prints the topics, one JSON object a line. */
public final class TopicList {
    private TopicList() {}

    public static void print(Access access, PrintStream out) {
        try (Topics topics = new Topics(access)) {
            topics.sizes().forEach((name, size) -> {
                ObjectNode line = JsonValues.JSON.createObjectNode();
                line.put("topic", name);
                line.put("partitions", size.partitions());
                line.put("records", size.records());
                if (size.bytes() >= 0) {
                    line.put("bytes", size.bytes());
                }
                out.println(JsonValues.text(line));
            });
        }
        out.flush();
    }
}
