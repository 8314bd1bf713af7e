package io.guildhall.api.validation;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text must be one of certain values. Null is valid. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = OneOf.Validator.class)
public @interface OneOf {

    /** The values, with a comma and a space between them. */
    String value();

    String message() default "must be among {value}.";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Compares exactly. */
    final class Validator implements ConstraintValidator<OneOf, String> {

        private List<String> values = List.of();

        @Override
        public void initialize(OneOf constraint) {
            values = List.of(constraint.value().split(", "));
        }

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            return text == null || values.contains(text);
        }
    }
}
