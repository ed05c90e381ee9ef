package io.github.vcgroupfs.junit;

import io.github.vcgroupfs.nio.Cgroups;
import io.github.vcgroupfs.nio.VirtualCgroupFileSystem;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.opentest4j.TestAbortedException;

/**
 * Does what {@link VirtualCgroup} says. A hierarchy is opened before anything can ask for it:
 * before the constructor of a test that has its own, or before {@code @BeforeAll} and the
 * constructor of a class whose tests share one. JUnit closes it with the store that {@link Scope}
 * keeps it in. Has no state.
 */
final class VirtualCgroupExtension
    implements BeforeAllCallback,
        TestInstancePreConstructCallback,
        BeforeEachCallback,
        ParameterResolver,
        InvocationInterceptor,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {

  /** JUnit makes one. */
  VirtualCgroupExtension() {}

  /** So that the constructor of a test is asked for with the context of the test. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Scope.of(context).ifPresent(Scope::open);
  }

  @Override
  public void preConstructTestInstance(
      TestInstanceFactoryContext factory, ExtensionContext context) {
    Scope.of(context).ifPresent(Scope::open);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Scope.of(context).ifPresent(Scope::open); // with @TestInstance(PER_CLASS) nothing was made
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Cgroups.class
        || type == VirtualCgroupFileSystem.class
        || (type == Path.class && OthersParameters.none(parameter, context));
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    Scope scope =
        Scope.of(context)
            .orElseThrow(() -> new ParameterResolutionException("@VirtualCgroup is not here"));
    Hierarchy hierarchy =
        scope
            .open()
            .orElseThrow(
                () ->
                    new ParameterResolutionException(
                        ("%s asks for a %s, but each test has a hierarchy of its own: ask in "
                                + "@BeforeEach or in the test, or add lifecycle = PER_CLASS to "
                                + "@VirtualCgroup on %s")
                            .formatted(
                                parameter.getDeclaringExecutable(),
                                type.getSimpleName(),
                                scope.settings().place())));
    if (type == Path.class) {
      return hierarchy.root();
    }
    if (type == Cgroups.class) {
      return hierarchy.cgroups();
    }
    return hierarchy
        .fileSystem()
        .orElseThrow(
            () ->
                new ParameterResolutionException(
                    "%s asks for a %s, which a mount has not: ask for a Path or Cgroups, or for mode = Mode.IN_JVM"
                        .formatted(parameter.getDeclaringExecutable(), type.getSimpleName())));
  }

  @Override
  public <T> T interceptTestClassConstructor(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Constructor<T>> constructor,
      ExtensionContext context)
      throws Throwable {
    try {
      return invocation.proceed();
    } catch (Throwable failure) {
      throw report(context, failure);
    }
  }

  /** The other handlers are not told of dynamic tests. */
  @Override
  public void interceptDynamicTest(
      Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context)
      throws Throwable {
    try {
      invocation.proceed();
    } catch (Throwable failure) {
      throw report(context, failure);
    }
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw report(context, failure);
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw report(context, failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw report(context, failure);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw report(context, failure);
  }

  @Override
  public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw report(context, failure);
  }

  /** Adds what happened, and leaves the failure what it is. */
  private static Throwable report(ExtensionContext context, Throwable failure) {
    boolean told = Arrays.stream(failure.getSuppressed()).anyMatch(WhatHappened.class::isInstance);
    if (!told && !(failure instanceof TestAbortedException)) {
      Optional<Hierarchy> hierarchy = Scope.of(context).flatMap(Scope::opened);
      hierarchy.ifPresent(each -> failure.addSuppressed(each.whatHappened()));
    }
    return failure;
  }
}
