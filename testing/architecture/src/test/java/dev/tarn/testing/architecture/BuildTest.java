package dev.tarn.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the POMs must say for the build to be in order, and that nothing else would notice. */
class BuildTest {
    private static final Pattern ARTIFACT =
            Pattern.compile("</parent>.*?<artifactId>([^<]+)</artifactId>", Pattern.DOTALL);

    private static String pom(String module) throws IOException {
        return Files.readString(TarnModule.root().resolve(module).resolve("pom.xml"));
    }

    private static String artifact(String module) throws IOException {
        Matcher artifact = ARTIFACT.matcher(pom(module));
        assertThat(artifact.find()).as(module).isTrue();
        return artifact.group(1);
    }

    @Test
    void testsOfEveryModuleAreTimed() throws IOException {
        for (TarnModule module : TarnModule.all()) {
            Path tests = TarnModule.root().resolve(module.name()).resolve("src/test/java");
            if (Files.isDirectory(tests) && !module.name().equals("testing/gate")) {
                assertThat(pom(module.name()))
                        .as(
                                "%s: its tests need tarn-gate, scope test, or the gate does not tell what they take",
                                module)
                        .contains("<artifactId>tarn-gate</artifactId>");
            }
        }
    }

    @Test
    void programWaitsForAllThatItIsPutTogetherFrom() throws IOException {
        String program = pom("app/program");
        List<String> modules = TarnModule.all().stream().map(TarnModule::name).toList();
        for (String module : modules) {
            boolean fillsTheProgram =
                    pom(module).contains("<tarn.lib>") || pom(module).contains("${tarn.home}");
            if (fillsTheProgram && !module.equals("app/program")) {
                assertThat(program)
                        .as("%s fills target/tarn: app/program must depend on it, or may be built before it", module)
                        .contains("<artifactId>" + artifact(module) + "</artifactId>");
            }
        }
    }
}
