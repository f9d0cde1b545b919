package dev.tarn.cli.server;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tarn.cli.lake.LakeLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The schemas of a running lake. What the server or the registry refuses is a {@link ServerFailure}. */
public final class LakeSchemas {
    private static final String SCHEMAS = "/api/v1/schemas";

    private final ServerClient server;

    private LakeSchemas(ServerClient server) {
        this.server = server;
    }

    /** Of a lake that must run. */
    public static LakeSchemas of(LakeLocation lake) {
        return new LakeSchemas(ServerClient.of(lake));
    }

    /** All subjects, and files that are none yet. */
    public List<SubjectStatus> list() {
        return server.ask("see the schemas of the lake", "GET", SCHEMAS, "", SubjectStatus::parseAll);
    }

    /** @param version a number, or {@code latest} */
    public SubjectDetails show(String subject, String version) {
        return server.ask(
                "see schema '" + subject + "'",
                "GET",
                path(subject) + "?version=" + encoded(version),
                "",
                answer -> new SubjectDetails(
                        SubjectStatus.parse(answer),
                        answer.list("versions"),
                        answer.optionalNumber("shown"),
                        answer.optionalText("schema"),
                        answer.optionalText("fileSchema")));
    }

    /** What the file of a subject changes. */
    public SchemaDifference diff(String subject) {
        return server.ask("compare schema '" + subject + "'", "GET", path(subject) + "/diff", "", answer -> {
            List<SchemaDifference.Change> changes = new ArrayList<>();
            for (JsonFields change : answer.objects("changes")) {
                changes.add(new SchemaDifference.Change(
                        change.text("field"),
                        change.text("change"),
                        change.optionalText("before"),
                        change.optionalText("after")));
            }
            return new SchemaDifference(SubjectStatus.parse(answer), changes);
        });
    }

    /** What registering would do; all files if no subject is named. */
    public List<SubjectStatus> check(List<String> subjects) {
        return server.ask("check schemas", "POST", SCHEMAS + "/check", body(subjects), SubjectStatus::parseAll);
    }

    /** Registers; all files if no subject is named. */
    public List<SubjectStatus> register(List<String> subjects) {
        return server.ask("register schemas", "POST", SCHEMAS + "/register", body(subjects), SubjectStatus::parseAll);
    }

    private static String body(List<String> subjects) {
        try {
            return JSON.std.asString(Map.of("subjects", subjects));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String path(String subject) {
        return SCHEMAS + "/" + encoded(subject);
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
