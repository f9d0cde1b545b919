package dev.tarn.testing.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Puts each class of a stage into that stage's slice, and leaves all others out. */
final class StageOfClass implements SliceAssignment {
    private final String[] stages;

    StageOfClass(String... stages) {
        this.stages = stages.clone();
    }

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        for (String stage : stages) {
            if (PackageMatcher.of(stage).matches(javaClass.getPackageName())) {
                return SliceIdentifier.of(stage);
            }
        }
        return SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
        return "stages";
    }
}
