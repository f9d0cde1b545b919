package dev.tarn.testing.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds for a class of a stage when all classes of ours that it names lie in modules that its stage may see. */
final class SeeOnly extends ArchCondition<JavaClass> {
    private static final String LIBRARY = "a library";

    private final List<TarnModule> modules = TarnModule.all();
    private final List<String> forAll;
    private final Map<String, Set<String>> adapters;

    /**
     * @param forAll modules that every stage may see
     * @param adapters from a module to the stages that it may see besides
     */
    SeeOnly(List<String> forAll, Map<String, Set<String>> adapters) {
        super("see only %s, itself, and as an adapter %s", String.join(", ", forAll), adapters);
        this.forAll = List.copyOf(forAll);
        this.adapters = Map.copyOf(adapters);
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        String own = moduleOf(type);
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            String seen = moduleOf(dependency.getTargetClass().getBaseComponentType());
            if (!maySee(own, seen)) {
                events.add(SimpleConditionEvent.violated(
                        dependency, own + " sees " + seen + ": " + dependency.getDescription()));
            }
        }
    }

    private boolean maySee(String own, String seen) {
        return seen.equals(LIBRARY)
                || seen.equals(own)
                || forAll.contains(seen)
                || adapters.getOrDefault(own, Set.of()).contains(seen);
    }

    private String moduleOf(JavaClass type) {
        return modules.stream()
                .filter(module -> module.holds(type))
                .findFirst()
                .map(TarnModule::name)
                .orElse(LIBRARY);
    }
}
