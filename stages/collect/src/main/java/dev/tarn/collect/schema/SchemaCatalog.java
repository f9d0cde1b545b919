package dev.tarn.collect.schema;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.settings.Compatibility;
import dev.tarn.settings.SchemaSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The schemas of a lake: what its files ask for beside what the registry has. */
public final class SchemaCatalog {
    private final SchemaFiles files;
    private final SchemaRegistry registry;
    private final SchemaSettings rules;
    private final SchemaUsers users;

    /** @param lake the lake directory */
    public SchemaCatalog(Path lake, SchemaRegistry registry, SchemaSettings rules, SchemaUsers users) {
        this.files = new SchemaFiles(lake);
        this.registry = registry;
        this.rules = rules;
        this.users = users;
    }

    /** Every subject that has a file or is registered. */
    public List<SubjectReport> list() {
        Map<String, SchemaFile> written = files.read();
        TreeSet<String> subjects = new TreeSet<>(registry.subjects());
        subjects.addAll(written.keySet());
        return subjects.stream()
                .map(subject -> report(subject, written.get(subject)))
                .toList();
    }

    /** One subject with all that is known of it. */
    public record Details(
            SubjectReport report,
            List<Integer> versions,
            Optional<RegisteredSchema> shown,
            @Nullable String fileText) {}

    /** @param version a number, or {@code latest} */
    public Details show(String subject, String version) {
        Optional<SchemaFile> file = files.find(subject);
        List<Integer> versions = registry.versions(subject);
        if (file.isEmpty() && versions.isEmpty()) {
            throw unknown(subject);
        }
        Optional<RegisteredSchema> shown =
                versions.isEmpty() ? Optional.empty() : registry.findVersion(subject, version);
        if (shown.isEmpty() && !version.equals("latest")) {
            throw new TarnException(
                    ErrorKind.USER,
                    "SCHEMA_VERSION",
                    "Cannot show version " + version + " of '" + subject + "': the registry has "
                            + (versions.isEmpty() ? "none" : "versions " + versions) + ". Name one of them.");
        }
        return new Details(
                report(subject, file.orElse(null)),
                versions,
                shown,
                file.map(each -> each.schema().toString(true)).orElse(null));
    }

    /**
     * What registering would do. Nothing is registered; the registry's rule of a subject is brought in line with
     * lake.yaml, for by that rule it judges.
     *
     * @param subjects these alone; all files if it is empty
     */
    public List<SubjectReport> check(List<String> subjects) {
        return chosen(subjects).stream()
                .map(file -> report(file.subject(), file))
                .toList();
    }

    /**
     * Registers what is new or changed and compatible; nothing at all if one of them is not.
     *
     * @throws TarnException REFUSED {@code SCHEMA_INCOMPATIBLE} with the reasons
     */
    public List<SubjectReport> register(List<String> subjects) {
        List<SchemaFile> chosen = chosen(subjects);
        List<SubjectReport> before =
                chosen.stream().map(file -> report(file.subject(), file)).toList();
        requireCompatible(before);
        List<SubjectReport> done = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            SubjectReport report = before.get(i);
            if (report.state() != SchemaState.UNCHANGED) {
                RegisteredSchema registered =
                        publish(report.subject(), chosen.get(i).text());
                report = new SubjectReport(
                        report.subject(),
                        report.file(),
                        report.state(),
                        registered.version(),
                        registered.id(),
                        report.rule(),
                        List.of(),
                        report.users());
            }
            done.add(report);
        }
        return done;
    }

    /**
     * @throws TarnException REFUSED {@code SCHEMA_INCOMPATIBLE} if a subject is incompatible
     */
    public static void requireCompatible(Collection<SubjectReport> reports) {
        List<SubjectReport> refused = reports.stream()
                .filter(report -> report.state() == SchemaState.INCOMPATIBLE)
                .toList();
        if (refused.isEmpty()) {
            return;
        }
        StringBuilder message = new StringBuilder();
        for (SubjectReport each : refused) {
            message.append("Cannot register '")
                    .append(each.subject())
                    .append("': by the rule '")
                    .append(each.rule())
                    .append("' it does not follow version ")
                    .append(each.version())
                    .append(": ")
                    .append(String.join("; ", each.reasons()))
                    .append(each.users().isEmpty() ? "" : ". Used by " + words(each.users()))
                    .append(".\n");
        }
        throw new TarnException(
                ErrorKind.REFUSED,
                "SCHEMA_INCOMPATIBLE",
                message + "Correct " + refused.get(0).file()
                        + ", for instance with a default for a new field; or, if no reader of old records is left,"
                        + " write another rule under schemas: in lake.yaml.");
    }

    private static String words(List<SchemaUser> users) {
        return String.join(
                ", ",
                users.stream()
                        .map(user -> user.kind() + " '" + user.name() + "'")
                        .toList());
    }

    /** What the file of a subject changes of its newest version. */
    public record Difference(SubjectReport report, List<SchemaChange> changes) {}

    public Difference diff(String subject) {
        SchemaFile file = files.find(subject).orElseThrow(() -> unknown(subject));
        RegisteredSchema latest = registry.findLatest(subject)
                .orElseThrow(() -> new TarnException(
                        ErrorKind.USER,
                        "SCHEMA_UNREGISTERED",
                        "Cannot compare '" + subject + "': the registry has no version of it. Register it with: tarn"
                                + " schema register " + subject + "."));
        return new Difference(report(subject, file), SchemaDiff.between(parse(latest), file.schema()));
    }

    /**
     * The schema of a topic's values or keys, registered and with its id: that of its file, or the named one, or the
     * newest of the registry.
     *
     * @param named a file or subject; null for none
     */
    public Optional<RegisteredSchema> findForTopic(String subject, @Nullable String named) {
        Optional<SchemaFile> file = files.find(subject);
        if (file.isPresent() && named != null && !named.equals(subject)) {
            throw new TarnException(
                    ErrorKind.USER,
                    "SCHEMA_TWICE",
                    "Cannot use schema '" + named + "': " + file.orElseThrow().path()
                            + " is the schema of this topic already. Leave out --schema, or remove that file.");
        }
        if (file.isPresent()) {
            return Optional.of(ensure(file.orElseThrow()));
        }
        return named == null ? registry.findLatest(subject) : Optional.of(ensure(load(named, subject)));
    }

    /** A schema by its name, for another subject: the file's, or else the newest of the registry. */
    private SchemaFile load(String name, String subject) {
        return files.find(name)
                .map(file -> new SchemaFile(subject, file.path(), file.schema()))
                .or(() -> registry.findLatest(name)
                        .map(latest -> new SchemaFile(subject, "schema '" + name + "'", parse(latest))))
                .orElseThrow(() -> unknown(name));
    }

    /** Registers a schema if it is not the newest already, under the rule of its subject. */
    private RegisteredSchema ensure(SchemaFile file) {
        SubjectReport report = report(file.subject(), file);
        requireCompatible(List.of(report));
        return report.state() == SchemaState.UNCHANGED
                ? registry.findLatest(file.subject()).orElseThrow()
                : publish(file.subject(), file.text());
    }

    private RegisteredSchema publish(String subject, String text) {
        int id = registry.register(subject, text);
        // Only now: a registry may keep no rule for a subject that it does not know.
        align(subject);
        RegisteredSchema latest = registry.findLatest(subject).orElseThrow();
        return latest.id() == id ? latest : new RegisteredSchema(subject, latest.version(), id, text);
    }

    private SubjectReport report(String subject, @Nullable SchemaFile file) {
        Optional<RegisteredSchema> latest = registry.findLatest(subject);
        List<SchemaUser> usedBy = users.of(subject);
        Integer version = latest.map(RegisteredSchema::version).orElse(null);
        Integer id = latest.map(RegisteredSchema::id).orElse(null);
        if (file == null) {
            String rule = registry.findRule(subject).map(Compatibility::word).orElse("");
            return new SubjectReport(subject, null, SchemaState.REGISTERED, version, id, rule, List.of(), usedBy);
        }
        Compatibility rule = rules.of(subject);
        SchemaState state = SchemaState.NEW;
        List<String> reasons = List.of();
        if (latest.isPresent()) {
            Schema before = parse(latest.orElseThrow());
            if (before.toString().equals(file.text())) {
                state = SchemaState.UNCHANGED;
            } else {
                align(subject);
                SchemaRegistry.Verdict verdict = registry.judge(subject, file.text());
                state = verdict.isCompatible() ? SchemaState.COMPATIBLE : SchemaState.INCOMPATIBLE;
                reasons = verdict.isCompatible() ? List.of() : reasons(verdict, before, file.schema(), rule);
            }
        }
        return new SubjectReport(subject, file.path(), state, version, id, rule.word(), reasons, usedBy);
    }

    private static List<String> reasons(
            SchemaRegistry.Verdict verdict, Schema before, Schema after, Compatibility rule) {
        if (!verdict.reasons().isEmpty()) {
            return verdict.reasons();
        }
        List<String> found = Incompatibilities.of(before, after, rule);
        return found.isEmpty() ? List.of("the registry refuses it, and gives no reason") : found;
    }

    private void align(String subject) {
        Compatibility rule = rules.of(subject);
        if (!registry.findRule(subject).equals(Optional.of(rule))) {
            registry.hold(subject, rule);
        }
    }

    private List<SchemaFile> chosen(List<String> subjects) {
        if (subjects.isEmpty()) {
            Map<String, SchemaFile> all = files.read();
            if (all.isEmpty()) {
                throw new TarnException(
                        ErrorKind.USER,
                        "SCHEMA_NONE",
                        "Cannot find a schema: there is no .avsc file in schemas/. Write one, such as"
                                + " schemas/sales-value.avsc for the values of topic 'sales'.");
            }
            return List.copyOf(all.values());
        }
        Map<String, SchemaFile> chosen = new TreeMap<>();
        for (String subject : subjects) {
            chosen.put(subject, files.find(subject).orElseThrow(() -> noFile(subject)));
        }
        return List.copyOf(chosen.values());
    }

    private static Schema parse(RegisteredSchema registered) {
        // What is registered stands, whatever its names and defaults.
        return new Schema.Parser().setValidate(false).setValidateDefaults(false).parse(registered.text());
    }

    private TarnException noFile(String subject) {
        return new TarnException(
                ErrorKind.USER,
                "SCHEMA_UNKNOWN",
                "Cannot find schema '" + subject + "': there is no schemas/" + subject
                        + ".avsc. Write it, or name one of: "
                        + String.join(", ", files.read().keySet()) + ".");
    }

    private TarnException unknown(String subject) {
        TreeSet<String> known = new TreeSet<>(registry.subjects());
        known.addAll(files.read().keySet());
        return new TarnException(
                ErrorKind.USER,
                "SCHEMA_UNKNOWN",
                "Cannot find schema '" + subject + "': it is neither in schemas/ nor in the registry. "
                        + (known.isEmpty()
                                ? "There is none yet: write schemas/" + subject + ".avsc."
                                : "There are: " + String.join(", ", known) + "."));
    }
}
