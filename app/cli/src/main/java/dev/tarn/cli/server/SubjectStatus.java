package dev.tarn.cli.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A subject of the registry, or a file that may become one.
 *
 * @param state {@code new}, {@code unchanged}, {@code compatible}, {@code incompatible} or {@code registered}
 * @param users such as {@code stream sales_summary}
 * @param answer all that the server said of it
 */
public record SubjectStatus(
        String subject,
        String state,
        @Nullable Long version,
        @Nullable Long id,
        String compatibility,
        @Nullable String file,
        List<String> reasons,
        List<String> users,
        Map<String, Object> answer) {
    static SubjectStatus parse(JsonFields fields) throws IOException {
        List<String> users = new ArrayList<>();
        for (JsonFields user : fields.objects("users")) {
            users.add(user.text("kind") + " " + user.text("name"));
        }
        return new SubjectStatus(
                fields.text("subject"),
                fields.text("state"),
                fields.optionalNumber("version"),
                fields.optionalNumber("id"),
                fields.text("compatibility"),
                fields.optionalText("file"),
                fields.list("reasons"),
                users,
                fields.values());
    }

    static List<SubjectStatus> parseAll(JsonFields answer) throws IOException {
        List<SubjectStatus> subjects = new ArrayList<>();
        for (JsonFields each : answer.objects("schemas")) {
            subjects.add(parse(each));
        }
        return subjects;
    }
}
