package dev.tarn.store.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.store.History;
import dev.tarn.store.upkeep.UpkeepRequest;
import dev.tarn.store.upkeep.UpkeepRequest.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request as it lies in its file: {@code kind}, {@code dryRun}, {@code until} in milliseconds since 1970, and by kind
 * {@code keepCommits} or {@code keepHours}, {@code instant}, {@code note} and {@code user}, {@code sort}.
 *
 * @param until when its sender no longer waits
 */
record UpkeepOrder(UpkeepRequest request, Mode mode, Instant until) {
    static UpkeepOrder of(JsonNode json) {
        return new UpkeepOrder(
                request(json),
                json.path("dryRun").asBoolean(false) ? Mode.TELL : Mode.DO,
                Instant.ofEpochMilli(json.path("until").asLong(Long.MAX_VALUE)));
    }

    private static UpkeepRequest request(JsonNode json) {
        String kind = json.path("kind").asText();
        return switch (kind) {
            case "compact" -> new UpkeepRequest.Compact();
            case "clean" -> new UpkeepRequest.Clean(keep(json));
            case "cluster" -> new UpkeepRequest.Cluster(texts(json.path("sort")));
            case "savepoint" ->
                new UpkeepRequest.Savepoint(
                        Optional.of(json.path("instant").asText()).filter(text -> !text.isEmpty()),
                        json.path("user").asText(),
                        json.path("note").asText());
            case "delete-savepoint" -> new UpkeepRequest.DeleteSavepoint(instant(json));
            case "rollback" -> new UpkeepRequest.Restore(instant(json));
            default ->
                throw bad("its kind '" + kind + "' is none of compact, clean, cluster, savepoint, delete-savepoint and"
                        + " rollback");
        };
    }

    private static Optional<History> keep(JsonNode json) {
        if (json.hasNonNull("keepCommits")) {
            return Optional.of(new History.Commits((int) positive(json, "keepCommits", 1_000_000)));
        }
        return json.hasNonNull("keepHours")
                ? Optional.of(new History.Age(Duration.ofHours(positive(json, "keepHours", 24 * 36_500))))
                : Optional.empty();
    }

    private static long positive(JsonNode json, String field, long max) {
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber() || value.asLong() < 1 || value.asLong() > max) {
            throw bad("'" + field + "' is " + value + ", and not a whole number from 1 to " + max);
        }
        return value.asLong();
    }

    private static String instant(JsonNode json) {
        String instant = json.path("instant").asText();
        if (instant.isEmpty()) {
            throw bad("it names no instant");
        }
        return instant;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static TarnException bad(String reason) {
        return new TarnException(
                ErrorKind.USER, "UPKEEP_REQUEST", "Cannot meet the request: " + reason + ". Mend it and ask again.");
    }
}
