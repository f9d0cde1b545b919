package dev.tarn.processes.collect;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The offsets at which topics end: that of the next record. */
@Path("/tarn/ends")
public final class TopicEnds {
    private final Admin admin;

    TopicEnds(Admin admin) {
        this.admin = admin;
    }

    /** By topic and partition, such as {@code lake.public.artists-0}. A topic that does not exist is left out. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, Long> ends(@QueryParam("topic") List<String> topics)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (var described : admin.describeTopics(topics).topicNameValues().entrySet()) {
            try {
                for (TopicPartitionInfo partition : described.getValue().get().partitions()) {
                    asked.put(new TopicPartition(described.getKey(), partition.partition()), OffsetSpec.latest());
                }
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        Map<String, Long> ends = new TreeMap<>();
        admin.listOffsets(asked).all().get().forEach((partition, end) -> ends.put(partition.toString(), end.offset()));
        return ends;
    }
}
