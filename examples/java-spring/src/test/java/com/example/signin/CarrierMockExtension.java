package com.example.signin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * JUnit 5: a test with a parameter of the type CarrierMock.App gets an app of its own. The app has the name of the test,
 * and is removed after it. If the test fails, the mock's explanation of a refusal is in the failure.
 */
public final class CarrierMockExtension implements ParameterResolver, AfterEachCallback, TestExecutionExceptionHandler {
    /** The settings of the app: JSON, the fields of POST /_mock/apps. */
    @Target(ElementType.PARAMETER)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Settings {
        String value();
    }

    private static final Namespace NAMESPACE = Namespace.create(CarrierMockExtension.class);
    private static CarrierMock mock;

    /** The mock of all tests. It ends with the JVM. */
    private static synchronized CarrierMock mock() {
        if (mock == null) mock = CarrierMock.start();
        return mock;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == CarrierMock.App.class && context.getTestMethod().isPresent();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        String settings = parameter.findAnnotation(Settings.class).map(Settings::value).orElse("{}");
        return context.getStore(NAMESPACE)
            .getOrComputeIfAbsent("app", key -> mock().createApp(titleOf(context), settings), CarrierMock.App.class);
    }

    /** Without the types of the parameters, which JUnit appends to the name of a method. */
    private static String titleOf(ExtensionContext context) {
        String test = context.getDisplayName().replaceAll("\\([\\w, ]*\\)$", "");
        return context.getRequiredTestClass().getSimpleName() + "." + test;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        CarrierMock.App app = context.getStore(NAMESPACE).get("app", CarrierMock.App.class);
        String refusal = app == null ? "" : app.unexpectedRefusal();
        boolean isExplained = failure.getMessage() != null && failure.getMessage().contains("/explanation?");
        if (!refusal.isEmpty() && !isExplained) failure.addSuppressed(new AssertionError(refusal));
        throw failure;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        CarrierMock.App app = context.getStore(NAMESPACE).remove("app", CarrierMock.App.class);
        if (app != null) app.close();
    }
}
