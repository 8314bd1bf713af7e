package io.guildhall.api.error;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.guildhall.domain.shared.Rejection;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The codes of all rejections that the domain has. */
public final class RejectionCodes {

    private RejectionCodes() {}

    public static Set<String> all() {
        Set<String> codes = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter().importPackages("io.guildhall.domain")) {
            if (type.getSimpleName().endsWith("Rejections")) {
                try {
                    for (JavaField constant : type.getFields()) {
                        codes.add(((Rejection) constant.reflect().get(null)).code());
                    }
                    for (JavaMethod factory : type.getMethods()) {
                        codes.add(made(factory.reflect()).code());
                    }
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return codes;
    }

    private static Rejection made(Method factory) throws ReflectiveOperationException {
        Object[] values = Stream.of(factory.getParameterTypes())
                .map(type -> {
                    if (type == int.class) {
                        return (Object) 0;
                    }
                    if (type == long.class) {
                        return (Object) 0L;
                    }
                    return type == Collection.class ? List.of() : type == String.class ? "" : null;
                })
                .toArray();
        return (Rejection) factory.invoke(null, values);
    }
}
